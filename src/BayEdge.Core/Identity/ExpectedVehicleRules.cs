using BayEdge.Contracts.State;

namespace BayEdge.Core.Identity;

/// <summary>What a list of expected vehicles from outside must be, and how it is compared.</summary>
public static class ExpectedVehicleRules
{
    /// <returns>The rest of a sentence, such as <c>vehicle 2 has no ref</c>; null when nothing is wrong.</returns>
    public static string? FindProblem(IReadOnlyList<ExpectedVehicle> vehicles)
    {
        // Nullable annotations are checked of properties, not of what stands in a list.
        for (var index = 0; index < vehicles.Count; index++)
        {
            if (ProblemOf(vehicles[index]) is { } problem)
                return $"vehicle {index + 1} {problem}";
        }

        return null;
    }

    /// <summary>The vehicle with plate and tags as they are compared.</summary>
    public static ExpectedVehicle Clean(ExpectedVehicle vehicle) => vehicle with
    {
        Plate = vehicle.Plate is { } plate && PlateText.Normalize(plate) is { Length: > 0 } clean ? clean : null,
        Tags = [.. vehicle.Tags.Select(tag => tag.Trim().ToUpperInvariant())],
    };

    private static string? ProblemOf(ExpectedVehicle? vehicle) => vehicle switch
    {
        null => "is null",
        { Ref: var reference } when string.IsNullOrWhiteSpace(reference) => "has no ref",
        { Tags: var tags } when tags.Any(string.IsNullOrWhiteSpace) => "has an empty tag",
        _ => null,
    };
}
