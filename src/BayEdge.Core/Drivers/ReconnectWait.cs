using BayEdge.Core.Timing;

namespace BayEdge.Core.Drivers;

/// <summary>How long to wait until a device is tried again, by what was wrong with it.</summary>
/// <remarks>
/// Whom nobody answers is disturbed by nobody's knocking: it is tried every second, so that a reader is back within two seconds of
/// its return. A device that answers and refuses, or breaks again and again, would be hammered by that and is left ever longer in
/// peace; one that serves another program only for some seconds, since that may be a connection of ours that it has not forgotten yet.
/// </remarks>
public sealed class ReconnectWait(Func<double> random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Backoff _unreachable = new(Shortest, Shortest, random);
    private readonly Backoff _busy = new(Shortest, TimeSpan.FromSeconds(10), random);
    private readonly Backoff _other = Backoff.ForDevices(random);

    /// <param name="fault">Null when the driver itself broke.</param>
    public TimeSpan After(DeviceFaultKind? fault) => fault switch
    {
        DeviceFaultKind.Unreachable => _unreachable.Next(),
        DeviceFaultKind.Busy => _busy.Next(),
        _ => _other.Next(),
    };

    /// <summary>The device worked steadily: what was wrong before says nothing more.</summary>
    public void Succeeded()
    {
        _busy.Succeeded();
        _other.Succeeded();
    }
}
