using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>Anything that the walk test learns.</summary>
/// <param name="At">When it was learnt.</param>
public abstract record WalkInput(ObservedAt At);

/// <param name="Bay">Where the source looks.</param>
public sealed record WalkSaw(ObservedAt At, string Bay, Sighting Sighting) : WalkInput(At);

/// <summary>The device decided something and stored it.</summary>
public sealed record WalkDecided(ObservedAt At, Transition Transition) : WalkInput(At);

/// <summary>The central system has these events.</summary>
/// <param name="Events">In the order of their confirmation.</param>
public sealed record WalkConfirmed(ObservedAt At, ImmutableArray<ConfirmedEvent> Events) : WalkInput(At);

/// <summary>The way to the broker broke or stands again.</summary>
public sealed record WalkLink(ObservedAt At, bool IsUp) : WalkInput(At);

/// <summary>The installer says that the vehicle drives off now.</summary>
public sealed record WalkDrivesOff(ObservedAt At) : WalkInput(At);

/// <summary>The installer ends the test; what is open is not proved.</summary>
public sealed record WalkStopped(ObservedAt At) : WalkInput(At);

public sealed record WalkTimePassed(ObservedAt At) : WalkInput(At);

/// <param name="Position">Its place in everything that the device sent.</param>
/// <param name="VisitId">Of the visit that it speaks of.</param>
/// <param name="Type">The CloudEvents type.</param>
public sealed record ConfirmedEvent(EventPosition Position, string VisitId, string Type);
