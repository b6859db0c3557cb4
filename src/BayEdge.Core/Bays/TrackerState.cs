using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Configuration;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Everything that the tracker knows; a value, changed only by <see cref="BayTracker.Step"/>.</summary>
public sealed record TrackerState
{
    private static readonly TimeSpan ComesUpWithin = TimeSpan.FromSeconds(15);

    private TrackerState()
    {
    }

    public BayLayout Layout { get; internal init; } = null!;

    public TrackerOptions Options { get; internal init; } = TrackerOptions.Default;

    public ImmutableArray<ExpectedVehicle> Expected { get; internal init; } = [];

    /// <summary>The instant up to which everything has been decided.</summary>
    public ObservedAt Now { get; internal init; }

    /// <summary>When the tracker wants to be stepped again if nothing happens before; null when it can wait for ever.</summary>
    public ObservedAt? NextDeadline { get; internal init; }

    internal BayTable Bays { get; init; } = BayTable.Empty;

    /// <summary>Every tag that was heard lately or belongs to a visit.</summary>
    internal TagTable Tags { get; init; } = TagTable.Empty;

    /// <summary>What was heard since the last decision and may be a vehicle's coming.</summary>
    internal ImmutableArray<Heard> Pending { get; init; } = [];

    /// <summary>When tags that fell silent were last forgotten.</summary>
    internal ObservedAt TidiedAt { get; init; }

    /// <summary>Since when the other devices of the site cannot be heard; null while they can, or when there are none.</summary>
    internal ObservedAt? AloneSince { get; init; }

    internal ImmutableSortedDictionary<string, SourceStatus> Sources { get; init; } =
        ImmutableSortedDictionary.Create<string, SourceStatus>(StringComparer.Ordinal);

    /// <summary>Empty bays, and sources that count as working until they are said to be down.</summary>
    public static TrackerState Start(BayLayout layout, ImmutableArray<ExpectedVehicle> expected, ObservedAt now, TrackerOptions? options = null) => new()
    {
        Layout = layout,
        Options = options ?? TrackerOptions.Default,
        Expected = expected,
        Now = now,
        TidiedAt = now,
        Bays = BayTable.Of(layout.Bays.Select(BayState.Empty)),
        Sources = layout.Bays.SelectMany(layout.SourcesOf).Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(source => source, _ => new SourceStatus(true, now, now), StringComparer.Ordinal),
    };

    /// <summary>Empty bays of a device that is configured so.</summary>
    public static TrackerState Start(EdgeConfiguration configuration, ObservedAt now) =>
        Start(new BayLayout(configuration), configuration.Vehicles, now, TrackerOptions.Of(configuration.Rules));

    /// <summary>The same with every source down: at the start of the service nothing is connected yet.</summary>
    public TrackerState WithSourcesDown() => this with
    {
        Sources = Sources.ToImmutableSortedDictionary(source => source.Key, _ => new SourceStatus(false, Now, Now), StringComparer.Ordinal),
    };

    internal TrackerState With(BayState bay) => this with { Bays = Bays.With(bay) };

    internal TrackerState With(string tag, HeardTag heard) => this with { Tags = Tags.With(tag, heard) };

    internal bool IsUp(string source) => Sources.TryGetValue(source, out var status) && status.Up;

    /// <summary>Whether a source had only just come up: all that is there is heard first then, together or not.</summary>
    internal bool HadJustComeUp(string source, ObservedAt at) =>
        Sources.TryGetValue(source, out var status) && status.Up && at - status.Since is var passed && passed >= TimeSpan.Zero && passed <= ComesUpWithin;

    /// <summary>Since when a source had worked up to an instant, whatever was said of it at that very instant; null when it did not.</summary>
    internal ObservedAt? WorkedUntil(string source, ObservedAt at) => Sources.TryGetValue(source, out var status)
        ? status.Since.Monotonic < at.Monotonic ? status.Up ? status.Since : null : status.Up ? null : status.WorkedSince
        : null;
}

/// <summary>A tag was heard in a bay.</summary>
internal readonly record struct Heard(string Tag, string Bay);
