using BayEdge.Simulator.Plates;

namespace BayEdge.Simulator.Workshop;

/// <summary>A customer's vehicle.</summary>
/// <param name="Ref">The work order it goes by: "WO-1001".</param>
/// <param name="Plate">Its plate; null when it carries none.</param>
/// <param name="Tags">The tags on it, upper-case hex; none when it has no tag.</param>
/// <param name="Look">Chooses its colour and size.</param>
public sealed record SimulatedVehicle(string Ref, PlateNumber? Plate, IReadOnlyList<string> Tags, int Look)
{
    /// <summary>Whether the vehicle goes by this reference, plate or tag.</summary>
    public bool IsKnownAs(string identity) => Ref == identity || Plate?.Text == identity || Tags.Contains(identity);
}
