using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>What a reader tells of its inputs and outputs.</summary>
internal static class ZebraPins
{
    /// <summary><c>{"1":"HIGH","2":"LOW",…}</c> (Zebra IoT Connector, GET /cloud/gpi).</summary>
    public static ImmutableArray<DigitalInput> InputsIn(JsonElement answer) => [.. Read(answer).Select(pin => new DigitalInput(pin.Port, pin.On))];

    /// <summary>Likewise (GET /cloud/gpo).</summary>
    public static ImmutableArray<DigitalOutput> OutputsIn(JsonElement answer) => [.. Read(answer).Select(pin => new DigitalOutput(pin.Port, pin.On))];

    private static IEnumerable<(int Port, bool? On)> Read(JsonElement pins) => pins.ValueKind == JsonValueKind.Object
        ? pins.EnumerateObject().Select(pin => (Port: PortOf(pin.Name), LevelOf(pin.Value))).Where(pin => pin.Port > 0).OrderBy(pin => pin.Port)
        : [];

    private static int PortOf(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    private static bool? LevelOf(JsonElement level) => level.ValueKind != JsonValueKind.String ? null : level.GetString() switch
    {
        "HIGH" => true,
        "LOW" => false,
        _ => null,
    };
}
