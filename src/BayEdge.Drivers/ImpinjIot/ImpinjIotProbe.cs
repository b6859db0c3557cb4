using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>Asks a reader who it is and lets it read for a second where nobody else has it read; its settings stay as they are.</summary>
internal static class ImpinjIotProbe
{
    private const string Unknown = "unknown";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    public static Task<ProbeReport> RunAsync(ImpinjIotSettings settings, bool mayRead, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The reader at {settings.Address} did not answer",
            "Check the address, or restart the reader.",
            limited => AskAsync(settings, mayRead, time, limited),
            time,
            cancellationToken);

    private static async Task<ProbeReport> AskAsync(ImpinjIotSettings settings, bool mayRead, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = new RestClient(settings.Rest, time);
        var reading = new ImpinjReading(client, settings, time);
        var status = RestAnswer.TextIn(await client.GetAsync("status", "say whether it reads", cancellationToken), "status") ?? Unknown;
        var report = await DescribeAsync(client, status, cancellationToken);
        try
        {
            await reading.RequirePossibleAsync(cancellationToken);
            report = report with
            {
                Facts = [.. report.Facts, .. FactsOf(reading.Limits)], Antennas = reading.Limits.Antennas, Power = reading.PowerNow,
            };
            var isFree = status == "idle" && RestAnswer.TextIn(await client.TryGetAsync("system/rfid/interface", cancellationToken), "rfidInterface") == "rest";
            return mayRead && isFree
                ? report with { Heard = await HearAsync(client, reading, settings, time, cancellationToken), Power = reading.PowerNow }
                : report;
        }
        catch (DeviceFaultException fault)
        {
            return report with { Answered = false, Says = fault.Says };
        }
    }

    private static async Task<ProbeReport> DescribeAsync(RestClient client, string status, CancellationToken cancellationToken)
    {
        var system = await client.GetAsync("system", "say what it is", cancellationToken);
        var serial = RestAnswer.TextIn(system, "serialNumber") ?? Unknown;
        var model = RestAnswer.TextIn(system, "productModel") ?? "with IoT device interface";
        List<ProbeFact> facts =
        [
            new(ProbeFact.Manufacturer, "Impinj"), new(ProbeFact.Model, model), new(ProbeFact.SerialNumber, serial), new("status", status),
        ];
        if (RestAnswer.TextIn(await client.TryGetAsync("system/image", cancellationToken), "primaryFirmware") is { } firmware)
            facts.Add(new ProbeFact(ProbeFact.Firmware, firmware));
        if (await ImpinjReading.RegionAsync(client, cancellationToken) is { } region)
            facts.Add(new ProbeFact(ProbeFact.Region, region.Description));
        return new ProbeReport(true, $"Impinj reader {model}, serial number {serial}, {status}.", [.. facts]);
    }

    private static IEnumerable<ProbeFact> FactsOf(ImpinjLimits limits)
    {
        if (limits.Ports is { } ports)
            yield return new ProbeFact(ProbeFact.Antennas, $"{ports}");
        if (limits is { LeastDbm: { } least, MostDbm: { } most })
            yield return new ProbeFact("possible power", $"{least:0.##} dBm to {most:0.##} dBm");
    }

    private static async Task<ImmutableArray<HeardTag>> HearAsync(
        RestClient client, ImpinjReading reading, ImpinjIotSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await reading.RestartAsync(settings.PowerDbm, memory: null, cancellationToken);
            using var response = await client.OpenAsync("data/stream", "report tags", cancellationToken);
            return await TagSample.TakeAsync(
                (sink, end) => ImpinjStream.ListenAsync(client, settings.Address, response, found => TakeAsync(reading, found, settings, sink, time, end), end),
                time,
                cancellationToken);
        }
        finally
        {
            await Farewell.SayAsync(FarewellLimit, time, limited => client.PostAsync("profiles/stop", null, "stop reading", limited));
        }
    }

    private static async ValueTask TakeAsync(
        ImpinjReading reading, ImpinjEvent found, ImpinjIotSettings settings, ISightingSink sink, TimeProvider time, CancellationToken cancellationToken)
    {
        if (found.Tag is not { Length: > 0 } tag)
            return;
        reading.Power.Compare(found);
        await sink.PublishAsync(new TagSighting(time.Observe(), "probe", found.Antenna ?? settings.Antennas[0], tag, found.RssiDbm, Count: 1), cancellationToken);
    }
}
