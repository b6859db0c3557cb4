using BayEdge.Contracts.State;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>What truly happens.</summary>
/// <param name="Visits">In the order of entering.</param>
/// <param name="Journeys">Where vehicles and lost tags are, in the order of their beginning.</param>
internal sealed record ScenarioTruth(
    IReadOnlyList<SimulatedBay> Bays,
    IReadOnlyList<SimulatedBay> BaysWithContact,
    IReadOnlyList<SimulatedVehicle> Vehicles,
    IReadOnlyList<ExpectedVehicle> Expected,
    IReadOnlyList<TrueVisit> Visits,
    IReadOnlyList<Journey> Journeys);
