using BayEdge.Simulator.Cameras;

namespace BayEdge.Simulator.Workshop;

/// <summary>A day in a workshop, written beforehand: which vehicle truly is in which bay, and when.</summary>
/// <param name="Visits">In the order of entering.</param>
/// <param name="Light">How bright it is, 0.2 to 1.</param>
public sealed record WorkshopScript(
    DateTimeOffset Start,
    IReadOnlyList<SimulatedBay> Bays,
    IReadOnlyList<SimulatedVehicle> Vehicles,
    IReadOnlyList<TrueVisit> Visits,
    double Light = 1)
{
    /// <summary>Invents a day; the same options and start give the same day.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public static WorkshopScript Generate(WorkshopOptions options, DateTimeOffset start)
    {
        options.Validate();
        return new ScriptWriter(options, start).Write();
    }

    /// <summary>The bay of that id.</summary>
    /// <exception cref="ArgumentException">The workshop has no such bay.</exception>
    public SimulatedBay Bay(string id) =>
        Bays.FirstOrDefault(bay => bay.Id == id)
        ?? throw new ArgumentException(
            $"The workshop has the bays {string.Join(", ", Bays.Select(bay => bay.Id))}, but not '{id}'.", nameof(id));

    /// <summary>What a camera over that bay sees at that time.</summary>
    public BayScene SceneAt(SimulatedBay bay, DateTimeOffset at)
    {
        var scene = new BayScene(at) { Light = Light };
        foreach (var visit in Visits)
        {
            if (visit.Bay == bay && VehicleMotion.ApproachAt(visit, at) is { } approach)
            {
                return scene with
                {
                    Car = new SceneCar(approach, visit.End, visit.Vehicle.Look)
                    {
                        Plate = visit.Vehicle.Plate,
                        Tagged = visit.Vehicle.Tags.Count > 0,
                    },
                    PersonAcross = visit.ObstructionAt(at)?.Across,
                };
            }
        }

        return scene;
    }
}
