using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Simulator.Scenarios;

/// <summary>A sighting and its true time.</summary>
internal readonly record struct TimedSighting(DateTimeOffset At, Sighting Sighting);

/// <summary>The way from one source to the device. Asked in order of time, but for a second's disorder.</summary>
internal sealed class SourceLink(string source, IReadOnlyList<SourceSilence> silences, DeviceClock clock)
{
    private int _next;

    public string Source => source;

    /// <summary>In order of time.</summary>
    public IReadOnlyList<SourceSilence> Silences => silences;

    public bool IsSilentAt(DateTimeOffset at)
    {
        while (_next < silences.Count && silences[_next].To <= at)
            _next++;
        return _next < silences.Count && silences[_next].From <= at;
    }

    public ObservedAt Observe(DateTimeOffset at) => clock.At(at);

    /// <summary>What the device is told of the source itself.</summary>
    public IEnumerable<TimedSighting> States()
    {
        foreach (var silence in silences)
        {
            if (silence.ToldAt is { } told)
                yield return new TimedSighting(told, new SourceSighting(clock.At(told), source, SourceState.Down));
            yield return new TimedSighting(silence.To, new SourceSighting(clock.At(silence.To), source, SourceState.Up));
        }
    }
}
