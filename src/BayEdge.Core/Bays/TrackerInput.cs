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

/// <summary>A person says whose plate a visit has; decided as of the tracker's present.</summary>
/// <param name="VisitId">The bay's visit, or its last one.</param>
/// <param name="Plate">Letters and digits only, upper case.</param>
public sealed record PlateStated(string Bay, string VisitId, string Plate) : TrackerInput;

/// <summary>Another device of the site heard a tag in one of its bays, or has its vehicle there though it hears nothing.</summary>
/// <param name="At">When, on this device's clocks: when its report arrived, less what the report says to have waited.</param>
/// <param name="Device">The other device.</param>
/// <param name="Bay">Its bay; unique together with the device.</param>
/// <param name="Tag">Upper-case hex.</param>
/// <param name="RssiDbm">The mean of the second's reads; null when the reader does not tell.</param>
/// <param name="Count">Reads in that second; 0 where it only says that the vehicle is in a visit there.</param>
/// <param name="IsVisiting">Whether the other device has the tag's vehicle in a visit in that bay.</param>
public sealed record NeighbourHeard(ObservedAt At, string Device, string Bay, string Tag, double? RssiDbm, int Count, bool IsVisiting) : TrackerInput;

/// <summary>Whether the other devices of the site can be heard from now on.</summary>
public sealed record NeighboursReachable(ObservedAt At, bool Reachable) : TrackerInput;
