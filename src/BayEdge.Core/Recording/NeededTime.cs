using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Recording;

/// <summary>Leaves out of a recording the passing of time on which nothing depends.</summary>
/// <remarks>
/// The service tells the tracker the time with every turn. It matters where a deadline is met, because the decision is dated
/// by the wall clock of then, and before an input that is told late or has no time of its own, because it is decided as of
/// the tracker's present.
/// </remarks>
public sealed class NeededTime
{
    private ObservedAt _told;

    /// <summary>A replay begins with this state.</summary>
    public void Begin(ObservedAt now) => _told = now;

    /// <summary>What a replay must be told of an input, in this order.</summary>
    /// <param name="before">What the tracker knew just before it.</param>
    public IEnumerable<TrackerInput> Needed(TrackerState before, TrackerInput input)
    {
        if (input is TimePassed { Now: var now } && !(before.NextDeadline is { } due && due.Monotonic <= now.Monotonic))
            yield break;

        var at = TimeOf(input);
        if (before.Now.Monotonic != _told.Monotonic && !(at?.Monotonic > before.Now.Monotonic))
            yield return Passed(before.Now);
        if (at is { } own)
            _told = ObservedAt.Later(before.Now, own);
        yield return input;
    }

    private TimePassed Passed(ObservedAt now)
    {
        _told = now;
        return new TimePassed(now);
    }

    private static ObservedAt? TimeOf(TrackerInput input) => input switch
    {
        SightingInput { Sighting.At: var at } => at,
        TimePassed { Now: var now } => now,
        NeighbourHeard { At: var at } => at,
        NeighboursReachable { At: var at } => at,
        _ => null,
    };
}
