using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Recording;

/// <summary>What the tracker knew at one instant: enough to go on from there exactly as it did.</summary>
/// <param name="Now">The instant up to which everything had been decided.</param>
/// <param name="BootId">Of the computer's start that <paramref name="Now"/> belongs to.</param>
/// <param name="Expected">The vehicles that were expected.</param>
public sealed record RecordedState(ObservedAt Now, string BootId, ImmutableArray<ExpectedVehicle> Expected)
{
    /// <summary>What <see cref="TrackerSnapshot"/> wrote; null where there was nothing to restore.</summary>
    public ReadOnlyMemory<byte>? Snapshot { get; init; }

    // A snapshot leaves out which sources work, because after a start of the service none does, nor whether the neighbours can be heard.
    [JsonInclude]
    internal ImmutableSortedDictionary<string, SourceStatus>? Sources { get; init; }

    [JsonInclude]
    internal ObservedAt? AloneSince { get; init; }

    /// <summary>Whether the service started here, with all sources down.</summary>
    [JsonIgnore]
    public bool IsStart => Sources is null;

    /// <summary>The tracker in the middle of its work.</summary>
    public static RecordedState Of(TrackerState state, string bootId) =>
        new(state.Now, bootId, state.Expected) { Snapshot = TrackerSnapshot.Write(state, bootId), Sources = state.Sources, AloneSince = state.AloneSince };

    /// <summary>The tracker at a start of the service.</summary>
    /// <param name="restored">The snapshot that it began with; null when there was none that could be read.</param>
    public static RecordedState AtStart(TrackerState fresh, string bootId, ReadOnlyMemory<byte>? restored) =>
        new(fresh.Now, bootId, fresh.Expected) { Snapshot = restored };

    /// <summary>The tracker as it was, and what its start led to.</summary>
    /// <exception cref="JsonException">The snapshot is of another version.</exception>
    public TrackerStep Restore(EdgeConfiguration configuration)
    {
        var fresh = WithoutSnapshot(configuration);
        if (Snapshot is not { } snapshot)
            return new TrackerStep(fresh, []);
        var restored = TrackerSnapshot.Restore(fresh, snapshot.Span, BootId);
        return new TrackerStep(restored.State, restored.Transitions);
    }

    /// <summary>Empty bays at the same instant, with the same sources and expected vehicles.</summary>
    public TrackerState WithoutSnapshot(EdgeConfiguration configuration)
    {
        var fresh = TrackerState.Start(configuration with { Vehicles = Expected }, Now);
        return Sources is null ? fresh.WithSourcesDown() : fresh with { Sources = Sources, AloneSince = AloneSince };
    }

    /// <summary>Whether a tracker knows the same.</summary>
    public bool Matches(TrackerState state) => Snapshot is { } snapshot && snapshot.Span.SequenceEqual(TrackerSnapshot.Write(state, BootId));
}
