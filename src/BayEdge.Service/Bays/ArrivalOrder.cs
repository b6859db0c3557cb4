using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Bays;

/// <summary>Puts what was seen, here or by a neighbour, into the order in which it was seen, as far as a decision depends on it.</summary>
/// <remarks>
/// Sources report what they saw a little later: a reader gathers reads, a picture must be read, a neighbour tells of the
/// second that is over. What is from no later than the next deadline is taken at once; what is from after it waits until the deadline
/// is settled, so that something late can still put it off. The tracker then decides as it would on a log of the same inputs.
/// </remarks>
internal sealed class ArrivalOrder
{
    private readonly PriorityQueue<TrackerInput, (TimeSpan SeenAt, long Arrival)> _waiting = new();
    private long _arrivals;

    /// <returns>False for an input that is of no instant: it is to be taken as it comes.</returns>
    public bool TryAdd(TrackerInput input)
    {
        if (SeenAt(input) is not { } at)
            return false;
        _waiting.Enqueue(input, (at.Monotonic, _arrivals++));
        return true;
    }

    /// <summary>What the tracker is to be told next; null when everything else must wait.</summary>
    /// <param name="settled">Nothing that was seen up to here is still on its way.</param>
    public TrackerInput? Next(TrackerState state, ObservedAt settled)
    {
        var deadline = state.NextDeadline;
        if (_waiting.TryPeek(out _, out var first) && (deadline is null || first.SeenAt <= deadline.Value.Monotonic))
            return _waiting.Dequeue();
        return deadline is { } due && due.Monotonic <= settled.Monotonic ? new TimePassed(settled - (settled - due)) : null;
    }

    private static ObservedAt? SeenAt(TrackerInput input) => input switch
    {
        SightingInput sighting => sighting.Sighting.At,
        NeighbourHeard heard => heard.At,
        NeighboursReachable reachable => reachable.At,
        _ => null,
    };
}
