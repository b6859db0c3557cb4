using BayEdge.Simulator.Cameras;

namespace BayEdge.Simulator.Workshop;

/// <summary>What truly happened: a vehicle was in a bay.</summary>
/// <param name="EnteredAt">When it crossed the bay's line inwards.</param>
/// <param name="LeftAt">When it crossed the line outwards.</param>
/// <param name="End">The end that points at the camera.</param>
/// <param name="Obstructions">When somebody stood before tag and plate, in order.</param>
public sealed record TrueVisit(
    SimulatedBay Bay,
    SimulatedVehicle Vehicle,
    DateTimeOffset EnteredAt,
    DateTimeOffset LeftAt,
    CarEnd End,
    IReadOnlyList<Obstruction> Obstructions)
{
    /// <summary>Whoever stands before the vehicle at that time; null when nobody does.</summary>
    public Obstruction? ObstructionAt(DateTimeOffset at)
    {
        foreach (var obstruction in Obstructions)
        {
            if (obstruction.From <= at && at < obstruction.To)
                return obstruction;
        }

        return null;
    }
}

/// <summary>A technician, or an open bonnet, stands between antenna, camera and vehicle for a while.</summary>
/// <param name="Across">Where: -1 is the left edge of the vehicle in the picture, 1 its right edge.</param>
public sealed record Obstruction(DateTimeOffset From, DateTimeOffset To, double Across)
{
    /// <summary>What cannot be seen or heard meanwhile. The default value is both.</summary>
    public HiddenSigns Hides { get; init; } = HiddenSigns.TagAndPlate;
}

/// <summary>Signs of a vehicle that something stands before.</summary>
public enum HiddenSigns
{
    TagAndPlate,
    Tag,
    Plate,
}
