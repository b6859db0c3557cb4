using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Identity;

namespace BayEdge.Messaging.Publishing;

/// <summary>Reads the central system's list of expected vehicles.</summary>
internal static class VehicleList
{
    private const int MaximumBytes = 4 << 20;

    /// <summary>Plates and tags come out as they are compared; on failure <paramref name="problem"/> says what is wrong.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> payload, [NotNullWhen(true)] out ExpectedVehicles? expected, [NotNullWhen(false)] out string? problem)
    {
        expected = null;
        problem = null;
        // An empty retained message is how MQTT takes a topic back.
        if (payload.IsEmpty)
            expected = new ExpectedVehicles { Vehicles = [] };
        else if (payload.Length > MaximumBytes)
            problem = $"it has {payload.Length} bytes, more than {MaximumBytes}";
        else
            problem = Read(payload, out expected);
        return problem is null && expected is not null;
    }

    private static string? Read(ReadOnlySpan<byte> payload, out ExpectedVehicles? expected)
    {
        expected = null;
        try
        {
            if (JsonSerializer.Deserialize(payload, ContractsJson.Wire.ExpectedVehicles) is not { } read)
                return "it is null";
            if (ExpectedVehicleRules.FindProblem(read.Vehicles) is { } problem)
                return problem;

            expected = new ExpectedVehicles { Vehicles = [.. read.Vehicles.Select(ExpectedVehicleRules.Clean)] };
            return null;
        }
        catch (JsonException exception)
        {
            return JsonFaults.Describe(exception);
        }
    }
}
