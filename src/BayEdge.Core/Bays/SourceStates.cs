using BayEdge.Core.Sightings;

namespace BayEdge.Core.Bays;

/// <summary>Keeps account of which sources work.</summary>
internal static class SourceStates
{
    /// <summary>Takes a source's word about itself; any other sighting shows that its source works.</summary>
    /// <remarks>What was seen until a source went down, and is reported after, does not bring it back.</remarks>
    public static TrackerState Observe(TrackerState state, Sighting sighting)
    {
        var up = sighting is not SourceSighting source || source.State == SourceState.Up;
        if (!state.Sources.TryGetValue(sighting.Source, out var known) || sighting.At.Monotonic < known.SaidAt.Monotonic)
            return state;
        if (known.Up == up)
            return up ? state : state with { Sources = state.Sources.SetItem(sighting.Source, known with { SaidAt = sighting.At }) };
        if (sighting is not SourceSighting && sighting.At.Monotonic == known.SaidAt.Monotonic)
            return state;
        return state with { Sources = state.Sources.SetItem(sighting.Source, known.Turned(sighting.At)) };
    }
}
