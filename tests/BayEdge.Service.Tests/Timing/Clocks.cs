using BayEdge.Core.Timing;
using BayEdge.Service.Timing;

namespace BayEdge.Service.Tests.Timing;

internal static class Clocks
{
    public const string BootId = "boot-1";

    /// <summary>Of a device that follows a time server.</summary>
    public static DeviceClock Synced(TimeProvider time)
    {
        var clock = new DeviceClock(ClockLedger.Start(BootId), () => new ClockReading(true, 1), time);
        clock.Look();
        return clock;
    }

    /// <summary>The same for a device that nobody steps: it stays at an instant.</summary>
    public static DeviceClock SyncedAt(ObservedAt now) =>
        new(ClockLedger.Start(BootId).Observe(now, new ClockReading(true, 1)).Ledger, () => new ClockReading(true, 1), TimeProvider.System);
}
