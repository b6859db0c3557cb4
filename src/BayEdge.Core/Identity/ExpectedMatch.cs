using System.Collections.Immutable;
using BayEdge.Contracts.State;

namespace BayEdge.Core.Identity;

/// <summary>Finds the expected vehicle that tags or plate name.</summary>
internal static class ExpectedMatch
{
    /// <summary>The one vehicle that is named; null when none is, or when tag and plate name different ones.</summary>
    public static ExpectedVehicle? Find(ImmutableArray<ExpectedVehicle> expected, ImmutableArray<string> tags, string? plate)
    {
        ExpectedVehicle? found = null;
        foreach (var vehicle in expected)
        {
            if (!tags.Any(tag => vehicle.Tags.Contains(tag)) && (plate is null || vehicle.Plate != plate))
                continue;
            if (found is not null)
                return null;
            found = vehicle;
        }

        return found;
    }
}
