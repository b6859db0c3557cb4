using System.Collections.Immutable;
using BayEdge.Core.Configuration;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>How the walk test of one bay ended.</summary>
/// <param name="State">As bad as its worst item.</param>
/// <param name="Items">In the order of the test, each with its figure or its reason.</param>
/// <param name="StartedAt">On the wall clock, as <paramref name="EndedAt"/>.</param>
public sealed record WalkResult(
    string Bay, string? Plate, string? Tag, StepState State, ImmutableArray<Check> Items, DateTimeOffset StartedAt, DateTimeOffset EndedAt)
{
    /// <summary>What every bay has to prove; <see cref="Cut"/> only where it was asked for.</summary>
    public const string Arrive = "arrive", Identity = "identity", Neighbours = "neighbours", Central = "central", Leave = "leave", Cut = "cut";

    private const string Changed = "changed";

    /// <summary>What looked at the bay then; null where that is not known.</summary>
    public string? Watched { get; init; }

    /// <summary>Whether the bay is proved as it stands.</summary>
    public bool IsVerified => State is StepState.Ok or StepState.Warning && Items.All(item => item.Id != Changed);

    /// <summary>The same as it counts now: since something else looks at the bay, it has to be walked again.</summary>
    public WalkResult Under(EdgeConfiguration configuration) => Watched is null || Watched == WatchedBy.Of(configuration, Bay)
        ? this
        : this with
        {
            State = State == StepState.Ok ? StepState.Warning : State,
            Items = Items.Add(new Check(Changed, StepState.Warning, WalkSentences.ChangedSince.With())),
        };
}
