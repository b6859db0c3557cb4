using System.Globalization;

namespace BayEdge.Faults.Schedules;

/// <param name="At">Seconds after the beginning of the schedule.</param>
/// <param name="Seconds">How long it lasts.</param>
/// <param name="ClockSeconds">By how much the device's clock is set, where the fault sets it.</param>
internal sealed record Fault(FaultKind Kind, double At, double Seconds, long ClockSeconds)
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;

    public double End => At + Seconds;

    public FaultTarget Target => TargetOf(Kind);

    public static FaultTarget TargetOf(FaultKind kind) => kind switch
    {
        FaultKind.BrokerKilled or FaultKind.BrokerEmptied or FaultKind.BrokerFrozen or FaultKind.BrokerRefuses => FaultTarget.Broker,
        FaultKind.DeviceKilled or FaultKind.DeviceStopped or FaultKind.DeviceFrozen or FaultKind.JournalLost => FaultTarget.Device,
        FaultKind.DeviceCutOff or FaultKind.DeviceDeaf => FaultTarget.DeviceNetwork,
        FaultKind.DiskFull => FaultTarget.Disk,
        FaultKind.ClockSetBack or FaultKind.ClockSetForward => FaultTarget.Clock,
        FaultKind.Namesake => FaultTarget.Namesake,
        FaultKind.CentralKilled or FaultKind.QueueFull or FaultKind.CentralAwayForDays => FaultTarget.Central,
        FaultKind.CentralCutOff or FaultKind.CentralMute => FaultTarget.CentralNetwork,
        FaultKind.LedgerDiskFull => FaultTarget.LedgerDisk,
        FaultKind.LossyNetwork or FaultKind.SlowNetwork => FaultTarget.Network,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A fault without a target."),
    };

    public static long ClockSecondsOf(FaultKind kind, Random random) => kind switch
    {
        FaultKind.ClockSetBack => -random.NextInt64(Hour, 12 * Hour),
        FaultKind.ClockSetForward => random.NextInt64(Hour, 12 * Hour),
        FaultKind.CentralAwayForDays => random.NextInt64(Day, 5 * Day),
        _ => 0,
    };

    public override string ToString()
    {
        var clock = ClockSeconds == 0 ? "" : $", clock {ClockSeconds:+0;-0} s";
        return string.Create(CultureInfo.InvariantCulture, $"{At,5:0.0} s  {Kind} for {Seconds:0.0} s{clock}");
    }
}
