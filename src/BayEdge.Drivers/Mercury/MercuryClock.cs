using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Mercury;

/// <summary>Dates tags by the module's clock, which runs in milliseconds and begins anew with each keep-alive.</summary>
/// <remarks>
/// A tag was read no later than its report came, and its time counts from a keep-alive that was sent no later than it came.
/// So the earlier of both is the nearer to the truth, whatever a busy line held back.
/// </remarks>
internal sealed class MercuryClock
{
    private ObservedAt? _cycleStart;
    private TimeSpan _lastInCycle;

    public void KeepAlive(ObservedAt arrival) => (_cycleStart, _lastInCycle) = (arrival, TimeSpan.Zero);

    /// <param name="inCycle">Null when the report does not tell.</param>
    public ObservedAt ToDevice(TimeSpan? inCycle, ObservedAt arrival)
    {
        if (inCycle is not { } passed)
            return arrival;

        // A clock that begins anew without a keep-alive says that the keep-alive was lost on the line.
        if (passed < _lastInCycle)
            _cycleStart = null;
        _lastInCycle = passed;
        return _cycleStart is { } start ? ObservedAt.Earlier(arrival, start + passed) : arrival;
    }
}
