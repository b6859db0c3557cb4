using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Identity;

internal static class VehicleOf
{
    public static Vehicle Visit(Visit visit) => new()
    {
        Ref = visit.Ref,
        Plate = visit.Plate,
        PlateConfidence = visit.PlateConfidence,
        Tags = visit.Tags,
    };
}
