using BayEdge.Core.Timing;

namespace BayEdge.Core.Drivers;

/// <summary>How long to wait until a device is tried again, by what was wrong with it.</summary>
/// <remarks>
/// Whom nobody answers is disturbed by nobody's knocking: it is tried every second, so that a reader is back within two seconds of
/// its return. So is, for a while, one that was out of reach and now refuses: it may be starting, or hold a connection of ours that it
/// has not forgotten yet. A device that answers and refuses otherwise, or breaks again and again, would be hammered by that and is
/// left ever longer in peace; one that serves another program only for some seconds.
/// </remarks>
public sealed class ReconnectWait(Func<double> random)
{
    /// <summary>Enough for a minute at least, in which readers start; steady work gives them back.</summary>
    private const int MostTriesAfterReturn = 60;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    private readonly Backoff _everySecond = new(Shortest, Shortest, random);
    private readonly Backoff _busy = new(Shortest, TimeSpan.FromSeconds(10), random);
    private readonly Backoff _other = Backoff.ForDevices(random);
    private bool _wasAway;
    private int _triesAfterReturn = MostTriesAfterReturn;

    /// <param name="fault">Null when the driver itself broke.</param>
    /// <param name="lasted">How long the attempt took; a second without an answer has been waited for already.</param>
    public TimeSpan After(DeviceFaultKind? fault, TimeSpan lasted)
    {
        if (fault == DeviceFaultKind.Unreachable)
        {
            _wasAway = true;
            return _everySecond.Next() - lasted is var rest && rest > Least ? rest : Least;
        }

        if (_wasAway && _triesAfterReturn > 0)
        {
            _triesAfterReturn--;
            return _everySecond.Next();
        }

        return (fault == DeviceFaultKind.Busy ? _busy : _other).Next();
    }

    /// <summary>The device worked steadily: what was wrong before says nothing more.</summary>
    public void Succeeded()
    {
        _busy.Succeeded();
        _other.Succeeded();
        (_wasAway, _triesAfterReturn) = (false, MostTriesAfterReturn);
    }
}
