using BayEdge.Core.Timing;

namespace BayEdge.Simulator.Scenarios;

/// <summary>What the device's two clocks show at any true time, over restarts, power cuts and steps of the wall clock.</summary>
public sealed class DeviceClock
{
    private readonly Stretch[] _stretches;

    /// <param name="stretches">In order; the first begins at or before every time that is asked for.</param>
    internal DeviceClock(IEnumerable<Stretch> stretches) => _stretches = [.. stretches];

    /// <summary>A stretch of time in which nothing happens to the clocks.</summary>
    /// <param name="From">The true time.</param>
    /// <param name="BootedAt">The true time at which the monotonic clock showed zero.</param>
    /// <param name="WallAhead">What the wall clock shows too much.</param>
    internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset BootedAt, TimeSpan WallAhead);

    public ObservedAt At(DateTimeOffset time)
    {
        var stretch = _stretches[IndexAt(time)];
        return new ObservedAt(time + stretch.WallAhead, time - stretch.BootedAt);
    }

    /// <summary>Names the computer's start that a true time belongs to.</summary>
    public string BootAt(DateTimeOffset time) => $"boot-{_stretches[IndexAt(time)].BootedAt.UtcTicks}";

    /// <summary>The true time that the device means.</summary>
    /// <param name="at">What it says.</param>
    /// <param name="saidAt">The true time at which it says so.</param>
    /// <remarks>
    /// What lies in the present boot is told by the monotonic clock, which never steps. What lies before it can only be told by
    /// the wall clock, as it went then.
    /// </remarks>
    public DateTimeOffset TrueTimeOf(ObservedAt at, DateTimeOffset saidAt)
    {
        var index = IndexAt(saidAt);
        var booted = _stretches[index].BootedAt;
        if (at.Monotonic > TimeSpan.Zero)
            return booted + at.Monotonic;

        for (; index >= 0; index--)
        {
            var stretch = _stretches[index];
            if (stretch.BootedAt < booted && at.Wall - stretch.WallAhead >= stretch.From)
                return at.Wall - stretch.WallAhead;
        }

        return at.Wall - _stretches[0].WallAhead;
    }

    private int IndexAt(DateTimeOffset time)
    {
        var index = _stretches.Length - 1;
        while (index > 0 && _stretches[index].From > time)
            index--;
        return index;
    }
}
