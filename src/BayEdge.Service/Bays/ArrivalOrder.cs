using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Bays;

/// <summary>Puts sightings into the order in which they were seen, as far as a decision depends on it.</summary>
/// <remarks>
/// Sources report what they saw a little later: a reader gathers reads, a picture must be read. A sighting from before the
/// next deadline is taken at once; one from after it waits until the deadline is settled, so that a late one can still
/// put it off. The tracker then decides as it would on a log of the same sightings.
/// </remarks>
internal sealed class ArrivalOrder
{
    private readonly PriorityQueue<Sighting, (TimeSpan SeenAt, long Arrival)> _waiting = new();
    private long _arrivals;

    public void Add(Sighting sighting) => _waiting.Enqueue(sighting, (sighting.At.Monotonic, _arrivals++));

    /// <summary>What the tracker is to be told next; null when everything else must wait.</summary>
    /// <param name="settled">Nothing that was seen up to here is still on its way.</param>
    public TrackerInput? Next(TrackerState state, ObservedAt settled)
    {
        var deadline = state.NextDeadline;
        if (_waiting.TryPeek(out var sighting, out _) && (deadline is null || sighting.At.Monotonic < deadline.Value.Monotonic))
            return new SightingInput(_waiting.Dequeue());
        return deadline is { } due && due.Monotonic <= settled.Monotonic ? new TimePassed(settled - (settled - due)) : null;
    }
}
