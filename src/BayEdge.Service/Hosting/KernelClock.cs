using System.Runtime.InteropServices;
using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Hosting;

/// <summary>Asks the kernel whether its clock follows a time server.</summary>
/// <remarks>
/// Source: adjtimex(2). The kernel, not the calendar, is asked because a computer without a battery clock boots with a
/// plausible but old time. Where the kernel may not be asked (systemd's ProtectClock, a container), the file that
/// systemd-timesyncd(8) touches at each synchronisation tells that there was one in this boot.
/// </remarks>
internal static class KernelClock
{
    // TIME_ERROR, returned while the clock is not synchronised.
    private const int NotSynchronised = 5;
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private const string SynchronisedFile = "/run/systemd/timesync/synchronized";

    public static string BootId { get; } = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : Guid.NewGuid().ToString();

    public static ClockReading Read()
    {
        var timex = default(Timex);
        return NativeMethods.AdjustTime(ref timex) switch
        {
            < 0 => new ClockReading(File.Exists(SynchronisedFile), null),
            < NotSynchronised => new ClockReading(true, timex.MaxErrorMicroseconds / 1000.0),
            _ => new ClockReading(false, null),
        };
    }

    /// <summary>The same in the words of an event, of this moment alone.</summary>
    public static ClockInfo Describe()
    {
        var (isSynchronised, maxErrorMs) = Read();
        return new ClockInfo(isSynchronised ? ClockState.Synced : ClockState.Unsynced, maxErrorMs, BootId);
    }

    // struct timex, from its start to maxerror; the rest is kept as room, as the kernel writes all of it (208 bytes on 64-bit).
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Timex
    {
        // Zero: read only, change nothing.
        public uint Modes;
        public nint Offset;
        public nint Frequency;
        public nint MaxErrorMicroseconds;
    }

    private static class NativeMethods
    {
#pragma warning disable SYSLIB1054 // The struct is blittable as it stands; generated marshalling would need unsafe code in the project.
        [DllImport("libc", EntryPoint = "adjtimex")]
        public static extern int AdjustTime(ref Timex timex);
#pragma warning restore SYSLIB1054
    }
}
