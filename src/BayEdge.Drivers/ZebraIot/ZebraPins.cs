using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>What a reader tells of its inputs.</summary>
internal static class ZebraPins
{
    /// <summary><c>{"1":"HIGH","2":"LOW",…}</c> (Zebra IoT Connector, GET /cloud/gpi).</summary>
    public static ImmutableArray<DigitalInput> Read(JsonElement inputs) => inputs.ValueKind == JsonValueKind.Object
        ? [.. inputs.EnumerateObject().Select(InputOf).OfType<DigitalInput>().OrderBy(input => input.Port)]
        : [];

    private static DigitalInput? InputOf(JsonProperty input) =>
        int.TryParse(input.Name, out var port) && port > 0 ? new DigitalInput(port, LevelOf(input.Value)) : null;

    private static bool? LevelOf(JsonElement level) => level.ValueKind != JsonValueKind.String ? null : level.GetString() switch
    {
        "HIGH" => true,
        "LOW" => false,
        _ => null,
    };
}
