using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>The reader's inputs and outputs (Impinj Reader Configuration REST API, /device/gpis and /device/gpos).</summary>
internal static class ImpinjPins
{
    private const string Gpos = "device/gpos";

    /// <summary><c>{"gpiConfigurations":[{"gpi":1,"state":"high",…},…]}</c></summary>
    public static ImmutableArray<DigitalInput> InputsIn(JsonElement answer) =>
        [.. PinsIn(answer, "gpiConfigurations", "gpi").Select(input => new DigitalInput(input.Number, IsHigh(input.State)))];

    /// <exception cref="DeviceFaultException">The reader does not tell.</exception>
    public static async Task<ImmutableArray<DigitalInput>> InputsAsync(RestClient client, ImpinjIotSettings settings, CancellationToken cancellationToken)
    {
        var inputs = InputsIn(await client.TryGetAsync("device/gpis", cancellationToken));
        return inputs.IsEmpty
            ? throw new DeviceFaultException(DeviceFaultKind.Refused, $"The reader at {settings.Address} does not tell the state of its inputs. Update its firmware.")
            : inputs;
    }

    /// <summary><c>{"gpoConfigurations":[{"gpo":1,"state":"high",…},…]}</c></summary>
    /// <returns>Empty when the reader does not tell.</returns>
    public static async Task<ImmutableArray<DigitalOutput>> OutputsAsync(RestClient client, CancellationToken cancellationToken) =>
        [.. PinsIn(await client.TryGetAsync(Gpos, cancellationToken), "gpoConfigurations", "gpo").Select(output => new DigitalOutput(output.Number, IsHigh(output.State)))];

    /// <exception cref="DeviceFaultException">There is no such output.</exception>
    public static async Task SetAsync(RestClient client, ImpinjIotSettings settings, int output, bool on, CancellationToken cancellationToken)
    {
        var outputs = await OutputsAsync(client, cancellationToken);
        if (!outputs.IsEmpty && outputs.All(known => known.Port != output))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {settings.Address} has the outputs {string.Join(", ", outputs.Select(known => known.Port))}, but not {output}.");
        }

        var wanted = new JsonObject { ["gpoConfigurations"] = new JsonArray(new JsonObject { ["gpo"] = output, ["state"] = on ? "high" : "low" }) };
        await client.PutAsync(Gpos, wanted.ToJsonString(), "switch an output", cancellationToken);
    }

    private static bool? IsHigh(string? state) => state switch { "high" => true, "low" => false, _ => null };

    private static ImmutableArray<(int Number, string? State)> PinsIn(JsonElement answer, string list, string number) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(list, out var pins) && pins.ValueKind == JsonValueKind.Array
            ? [.. pins.EnumerateArray().Select(pin => (Number: NumberIn(pin, number), State: RestAnswer.TextIn(pin, "state"))).Where(pin => pin.Number > 0)]
            : [];

    private static int NumberIn(JsonElement pin, string key) =>
        pin.ValueKind == JsonValueKind.Object && pin.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : 0;
}
