using System.Collections.Immutable;

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
}
