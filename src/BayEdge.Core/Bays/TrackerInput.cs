using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Anything that the tracker learns.</summary>
public abstract record TrackerInput;

public sealed record SightingInput(Sighting Sighting) : TrackerInput;

/// <summary>It is now this late; nothing was seen meanwhile.</summary>
public sealed record TimePassed(ObservedAt Now) : TrackerInput;

/// <summary>The workshop expects these vehicles from now on.</summary>
public sealed record VehiclesExpected(ImmutableArray<ExpectedVehicle> Vehicles) : TrackerInput;
