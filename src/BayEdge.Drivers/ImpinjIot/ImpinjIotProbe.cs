using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

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
                using var client = new RestClient(settings.Rest, time);
                var status = ImpinjReading.TextIn(await client.GetAsync("status", limited), "status") ?? "unknown";
                var system = await client.GetAsync("system", limited);
                var serial = ImpinjReading.TextIn(system, "serialNumber") ?? "unknown";
                var model = ImpinjReading.TextIn(system, "productModel") ?? "with IoT device interface";
                List<ProbeFact> facts =
                [
                    new(ProbeFact.Manufacturer, "Impinj"), new(ProbeFact.Model, model), new(ProbeFact.SerialNumber, serial), new("status", status),
                ];
                var region = await ImpinjReading.RegionAsync(client, limited);
                if (region is not null)
                    facts.Add(new ProbeFact(ProbeFact.Region, region.Description));
                return new ProbeReport(true, $"Impinj reader {model}, serial number {serial}, {status}.", [.. facts]);
            },
            time,
            cancellationToken);
}
