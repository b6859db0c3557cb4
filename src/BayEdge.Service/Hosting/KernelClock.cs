using System.Runtime.InteropServices;
using BayEdge.Contracts.Events;

namespace BayEdge.Service.Hosting;

/// <summary>Asks the kernel whether its clock follows a time server.</summary>
/// <remarks>
/// Source: adjtimex(2). The kernel, not the calendar, is asked because a computer without a battery clock boots with a
/// plausible but old time. A clock that was synchronised once in this boot and no longer is, is in holdover.
/// </remarks>
internal sealed class KernelClock
{
    // TIME_ERROR, returned while the clock is not synchronised.
    private const int NotSynchronised = 5;
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private volatile bool _wasSynchronised;

    public string BootId { get; } = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : Guid.NewGuid().ToString();

    public ClockInfo Read()
    {
        var timex = default(Timex);
        var synchronised = NativeMethods.AdjustTime(ref timex) is >= 0 and < NotSynchronised;
        _wasSynchronised |= synchronised;
        return synchronised ? new ClockInfo(ClockState.Synced, timex.MaxErrorMicroseconds / 1000.0, BootId)
            : new ClockInfo(_wasSynchronised ? ClockState.Holdover : ClockState.Unsynced, null, BootId);
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
