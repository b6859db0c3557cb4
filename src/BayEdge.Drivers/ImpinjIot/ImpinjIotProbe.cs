using System.Text.Json;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>Asks a reader who it is, without changing anything on it.</summary>
internal static class ImpinjIotProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static Task<ProbeReport> RunAsync(ImpinjIotSettings settings, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The reader at {settings.Address} did not answer",
            "Check the address, or restart the reader.",
            async limited =>
            {
                using var client = new ImpinjIotClient(settings, time);
                var status = Text(await client.GetAsync("status", limited), "status") ?? "unknown";
                var system = await client.GetAsync("system", limited);
                var serial = Text(system, "serialNumber") ?? "unknown";
                var model = Text(system, "productModel") ?? "with IoT device interface";
                return new ProbeReport(
                    true, $"Impinj reader {model}, serial number {serial}, {status}.", [new ProbeFact(ProbeFact.Manufacturer, "Impinj"), new ProbeFact(ProbeFact.SerialNumber, serial), new ProbeFact("status", status)]);
            },
            time,
            cancellationToken);

    private static string? Text(JsonElement answer, string key) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
