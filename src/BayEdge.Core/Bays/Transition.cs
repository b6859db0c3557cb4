using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Something was decided about a visit.</summary>
/// <param name="At">When it happened at the bay.</param>
/// <param name="Earliest">It cannot have happened before.</param>
/// <param name="Latest">It cannot have happened after.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Evidence">Why, the weightiest first.</param>
public abstract record Transition(
    string Bay,
    string VisitId,
    Vehicle Vehicle,
    ObservedAt At,
    ObservedAt Earliest,
    ObservedAt Latest,
    ObservedAt DecidedAt,
    ImmutableArray<Evidence> Evidence);

public sealed record VehicleEntered(
    string Bay, string VisitId, Vehicle Vehicle, ObservedAt At, ObservedAt Earliest, ObservedAt Latest, ObservedAt DecidedAt, ImmutableArray<Evidence> Evidence)
    : Transition(Bay, VisitId, Vehicle, At, Earliest, Latest, DecidedAt, Evidence);

/// <summary>More is known of a vehicle that is already in the bay.</summary>
public sealed record VehicleIdentified(
    string Bay, string VisitId, Vehicle Vehicle, ObservedAt At, ObservedAt Earliest, ObservedAt Latest, ObservedAt DecidedAt, ImmutableArray<Evidence> Evidence)
    : Transition(Bay, VisitId, Vehicle, At, Earliest, Latest, DecidedAt, Evidence);

/// <param name="EnteredAt">When the same visit began.</param>
public sealed record VehicleLeft(
    string Bay, string VisitId, Vehicle Vehicle, ObservedAt At, ObservedAt Earliest, ObservedAt Latest, ObservedAt DecidedAt, ImmutableArray<Evidence> Evidence,
    ObservedAt EnteredAt)
    : Transition(Bay, VisitId, Vehicle, At, Earliest, Latest, DecidedAt, Evidence)
{
    /// <summary>How long the vehicle stayed, by the monotonic clock; null when the computer was started in between.</summary>
    public TimeSpan? Occupied => At.BootsAgo == EnteredAt.BootsAgo ? At - EnteredAt : null;
}
