using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>What a reader says of itself, as far as it does.</summary>
/// <param name="Antennas">Its ports; empty where it does not tell.</param>
internal sealed record ZebraIdentity(string? Model, string? SerialNumber, string? Firmware, ImmutableArray<AntennaPort> Antennas)
{
    /// <summary>
    /// <c>{"model":"FX7500","serialNumber":"…","readerApplication":"2.7.19.0",…}</c> and <c>{"antennas":{"1":"connected",…},…}</c>
    /// (Zebra IoT Connector, /cloud/version and /cloud/status).
    /// </summary>
    public static ZebraIdentity Read(JsonElement version, JsonElement status) => new(
        RestAnswer.TextIn(version, "model"), RestAnswer.TextIn(version, "serialNumber"), RestAnswer.TextIn(version, "readerApplication"), PortsIn(status));

    public IEnumerable<ProbeFact> Facts
    {
        get
        {
            (string Name, string? Value)[] facts = [(ProbeFact.Model, Model), (ProbeFact.SerialNumber, SerialNumber), (ProbeFact.Firmware, Firmware)];
            foreach (var (name, value) in facts.Where(fact => fact.Value is not null))
                yield return new ProbeFact(name, value!);
            foreach (var fact in Probing.AntennaFacts(Antennas))
                yield return fact;
        }
    }

    private static ImmutableArray<AntennaPort> PortsIn(JsonElement status) =>
        status.ValueKind == JsonValueKind.Object && status.TryGetProperty("antennas", out var antennas) && antennas.ValueKind == JsonValueKind.Object
            ? [.. antennas.EnumerateObject().Select(PortOf).OfType<AntennaPort>().OrderBy(port => port.Port)]
            : [];

    private static AntennaPort? PortOf(JsonProperty antenna) => int.TryParse(antenna.Name, out var port) && port is > 0 and <= ushort.MaxValue
        ? new AntennaPort(port, antenna.Value.ValueKind == JsonValueKind.String ? antenna.Value.ValueEquals("connected") : null)
        : null;
}
