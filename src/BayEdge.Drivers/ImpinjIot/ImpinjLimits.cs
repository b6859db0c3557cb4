using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>What a reader can, as it says itself; each null where it does not tell.</summary>
/// <param name="Ports">How many antenna ports there are.</param>
/// <param name="LeastCentiDbm">Of the transmit power.</param>
/// <param name="MostCentiDbm">What the reader's region and model allow.</param>
internal sealed record ImpinjLimits(int? Ports, int? LeastCentiDbm, int? MostCentiDbm)
{
    public double? LeastDbm => LeastCentiDbm / 100.0;

    public double? MostDbm => MostCentiDbm / 100.0;

    /// <summary>The reader does not feel what is connected to them.</summary>
    public ImmutableArray<AntennaPort> Antennas => [.. Enumerable.Range(1, Ports ?? 0).Select(port => new AntennaPort(port, Connected: null))];

    /// <remarks>
    /// The description of its interface that a reader gives names the ports and powers of this very reader in its region (Impinj Reader
    /// Configuration REST API 1.6, /openapi.json).
    /// </remarks>
    public static async Task<ImpinjLimits> AskAsync(RestClient client, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await client.GetAsync("openapi.json", "say what it can", cancellationToken));
        }
        catch (DeviceFaultException)
        {
            // Helpful but not needed; whether the reader is lost shows at the next request.
            return new ImpinjLimits(null, null, null);
        }
    }

    /// <summary>Swagger 2 keeps the parts of a description under definitions, OpenAPI 3 under components.</summary>
    public static ImpinjLimits Read(JsonElement description)
    {
        var parts = In(description, "definitions") ?? In(In(description, "components"), "schemas");
        var power = In(parts, "TransmitPowerCdbm");
        return new ImpinjLimits(Number(In(parts, "AntennaPort"), "maximum"), Number(power, "minimum"), Number(power, "maximum"));
    }

    /// <exception cref="DeviceFaultException">A configured antenna is not there, or a power cannot be.</exception>
    public void Require(ImpinjIotSettings settings, double powerDbm)
    {
        var missing = settings.Antennas.Where(port => port > Ports).ToList();
        if (missing.Count > 0)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"Antenna port {string.Join(", ", missing)} is configured, but the reader at {settings.Address} has ports 1 to {Ports}. Correct the antennas of the reader.");
        }

        if (powerDbm < LeastDbm || powerDbm > MostDbm)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"{powerDbm:0.##} dBm is wanted, but the reader at {settings.Address} can send with {LeastDbm:0.##} dBm to {MostDbm:0.##} dBm. Correct powerDbm.");
        }
    }

    private static JsonElement? In(JsonElement? from, string key) =>
        from is { ValueKind: JsonValueKind.Object } part && part.TryGetProperty(key, out var value) ? value : null;

    private static int? Number(JsonElement? from, string key) =>
        In(from, key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;
}
