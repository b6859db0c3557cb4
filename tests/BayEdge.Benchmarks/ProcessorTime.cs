using System.Runtime.InteropServices;

namespace BayEdge.Benchmarks;

/// <summary>A clock that counts what this process spends of the processor, so that others on the computer do not count.</summary>
internal sealed class ProcessorTime : TimeProvider
{
    // CLOCK_PROCESS_CPUTIME_ID of clock_gettime(2).
    private const int ProcessClock = 2;
    private const long NanosecondsPerSecond = 1_000_000_000;

    public override long TimestampFrequency => NanosecondsPerSecond;

    public override long GetTimestamp() => GetTime(ProcessClock, out var time) == 0
        ? (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds
        : throw new PlatformNotSupportedException("The processor time of this process cannot be read; run this on Linux.");

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Spent time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Spent
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
