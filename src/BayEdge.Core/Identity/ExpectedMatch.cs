using System.Collections.Immutable;
using BayEdge.Contracts.State;

namespace BayEdge.Core.Identity;

/// <summary>Finds the expected vehicle that tags or plate name.</summary>
internal static class ExpectedMatch
{
    // Further off than one look-alike character it is another plate.
    public const double MostMismatchNats = 5;
    private const double LeastMarginNats = 3;
    private const double MostOfNextNats = 10;
    private const int ReadingsForLookAlikes = 3;

    /// <summary>The one vehicle that is named; null when none is, or when tag and plate name different ones.</summary>
    public static ExpectedVehicle? Find(ImmutableArray<ExpectedVehicle> expected, ImmutableArray<string> tags, PlateReading? plate)
    {
        ExpectedVehicle? byTag = null;
        foreach (var vehicle in expected)
        {
            if (!tags.Any(tag => vehicle.Tags.Contains(tag)))
                continue;
            if (byTag is not null)
                return null;
            byTag = vehicle;
        }

        var byPlate = plate is null ? null : ByPlate(expected, plate);
        if (byTag is null || byPlate is null || byTag == byPlate)
            return byTag ?? byPlate;

        // One character beside the plate that goes with the tag, the reading is the less trustworthy of the two.
        return byTag.Plate is { } own && plate!.MismatchWith(own) <= MostMismatchNats && !plate.IsSure ? byTag : null;
    }

    /// <summary>The one vehicle that has the plate as a person says it; else the one of the tags, unless it is known to have another plate.</summary>
    public static ExpectedVehicle? OfStated(ImmutableArray<ExpectedVehicle> expected, ImmutableArray<string> tags, string plate) =>
        expected.FirstOrDefault(vehicle => vehicle.Plate == plate) ?? (Find(expected, tags, null) is { Plate: null } byTag ? byTag : null);

    /// <summary>The vehicle whose plate fits the reading best after the one that is named, and by how many nats worse; null when none is near.</summary>
    public static (string Ref, double Nats)? NextBest(ImmutableArray<ExpectedVehicle> expected, string named, PlateReading plate)
    {
        if (expected.FirstOrDefault(vehicle => vehicle.Ref == named)?.Plate is not { } known)
            return null;
        (string Ref, double Nats)? next = null;
        foreach (var vehicle in expected)
        {
            if (vehicle.Ref == named || vehicle.Plate is not { } other)
                continue;
            var nats = plate.MismatchWith(other) - plate.MismatchWith(known);
            if (nats <= MostOfNextNats && (next is null || nats < next.Value.Nats))
                next = (vehicle.Ref, nats);
        }

        return next;
    }

    private static ExpectedVehicle? ByPlate(ImmutableArray<ExpectedVehicle> expected, PlateReading plate)
    {
        ExpectedVehicle? best = null;
        var (least, second) = (double.PositiveInfinity, double.PositiveInfinity);
        foreach (var vehicle in expected)
        {
            if (vehicle.Plate is not { } known)
                continue;
            var mismatch = plate.MismatchWith(known);
            if (mismatch < least)
                (best, second, least) = (vehicle, least, mismatch);
            else if (mismatch < second)
                second = mismatch;
        }

        var isNear = least == 0 ? plate.Readings >= 2 : least <= MostMismatchNats && plate.Readings >= ReadingsForLookAlikes;
        return isNear && second - least >= LeastMarginNats ? best : null;
    }
}
