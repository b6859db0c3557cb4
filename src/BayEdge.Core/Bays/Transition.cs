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
    ImmutableArray<Evidence> Evidence)
{
    /// <summary>Whether it was decided without hearing the other devices of the site, which may still know better.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>What else it could have been, for a person; null when nothing else was near.</summary>
    public Phrase? RunnerUp { get; init; }

    /// <summary>What would change the decision, for a person; null when nothing would.</summary>
    public Phrase? WouldChange { get; init; }
}

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
    public TimeSpan? Occupied => At.SinceInOneBoot(EnteredAt);
}

/// <summary>What was told of a visit does not hold; this does.</summary>
/// <param name="At">The instant that is told anew: the leaving where <paramref name="EnteredAt"/> is given, else the entering.</param>
/// <param name="EnteredAt">When the visit began, where the leaving is told anew.</param>
/// <param name="IsStillPresent">
/// The vehicle has not left after all: a leaving that was told before is taken back, and <paramref name="At"/> is the entering.
/// </param>
/// <param name="Reason">For a person.</param>
public sealed record VisitCorrected(
    string Bay, string VisitId, Vehicle Vehicle, ObservedAt At, ObservedAt Earliest, ObservedAt Latest, ObservedAt DecidedAt, ImmutableArray<Evidence> Evidence,
    ObservedAt? EnteredAt, bool IsStillPresent, Phrase Reason)
    : Transition(Bay, VisitId, Vehicle, At, Earliest, Latest, DecidedAt, Evidence)
{
    /// <summary>Where the leaving is told anew: how long the vehicle stayed, as in <see cref="VehicleLeft.Occupied"/>.</summary>
    public TimeSpan? Occupied => EnteredAt is { } enteredAt ? At.SinceInOneBoot(enteredAt) : null;
}

/// <summary>The visit never was.</summary>
/// <param name="Reason">For a person.</param>
public sealed record VisitRetracted(
    string Bay, string VisitId, Vehicle Vehicle, ObservedAt At, ObservedAt Earliest, ObservedAt Latest, ObservedAt DecidedAt, ImmutableArray<Evidence> Evidence,
    Phrase Reason)
    : Transition(Bay, VisitId, Vehicle, At, Earliest, Latest, DecidedAt, Evidence);
