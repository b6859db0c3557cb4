using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>Asks a module who it is and lets it read for a second; region and power stay as they are.</summary>
internal static class MercuryProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static Task<ProbeReport> RunAsync(MercurySettings settings, bool mayRead, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The module at {settings.Port} did not answer",
            "Unplug it and plug it in again.",
            async limited =>
            {
                settings.RequirePossible();
                using var session = await MercurySession.OpenAsync(settings, ports, time, limited);
                return await DescribeAsync(session, settings, mayRead, time, limited);
            },
            time,
            cancellationToken);

    private static async Task<ProbeReport> DescribeAsync(MercurySession session, MercurySettings settings, bool mayRead, TimeProvider time, CancellationToken cancellationToken)
    {
        var region = await MercurySetUp.RegionAsync(session, cancellationToken);
        var power = await MercurySetUp.PowerAsync(session, cancellationToken);
        MercurySetUp.RequirePossible(settings, region, power);
        var antennas = await MercurySetUp.DetectAntennasAsync(session, cancellationToken);
        var (model, firmware) = session.Version;
        List<ProbeFact> facts =
        [
            new(ProbeFact.Manufacturer, "ThingMagic"),
            new(ProbeFact.Model, model),
            new(ProbeFact.Firmware, firmware),
            new(ProbeFact.Region, MercuryRegion.Describe(region)),
            new(ProbeFact.Power, SerialReadback.Dbm(power.Now)),
            new("possible power", $"{SerialReadback.Dbm(power.Least)} to {SerialReadback.Dbm(power.Most)}"),
            .. Probing.AntennaFacts(antennas),
        ];
        if (await session.TryRequestAsync(MercuryCommand.GetTemperature, ReadOnlyMemory<byte>.Empty, cancellationToken) is [var celsius, ..])
            facts.Add(new ProbeFact("temperature", $"{(sbyte)celsius} °C"));

        List<string> changes = [];
        if (settings.Region is { } wanted && wanted.Code != region)
            changes.Add(wanted.Description);
        if (settings.PowerCentiDbm is { } wantedPower && wantedPower != power.Now)
            changes.Add(SerialReadback.Dbm(wantedPower));
        return new ProbeReport(
            true, $"ThingMagic {model}, firmware {firmware}, {MercuryRegion.Describe(region)}, {SerialReadback.Dbm(power.Now)}.{Probing.Changes(changes)}", [.. facts])
        {
            Antennas = antennas,
            Power = power.InDbm,
            Heard = region == MercuryRegion.None || !mayRead ? null : await HearAsync(session, settings, time, cancellationToken),
        };
    }

    /// <summary>Protocol and antennas are forgotten when the module loses its power, and set anew by whoever reads.</summary>
    private static async Task<ImmutableArray<HeardTag>?> HearAsync(
        MercurySession session, MercurySettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        await MercurySetUp.ChooseGen2Async(session, cancellationToken);
        await MercurySetUp.ApplyAntennasAsync(session, settings, cancellationToken);
        var heard = await TagSample.TakeAsync((sink, end) => SampleAsync(session, settings, sink, end), time, cancellationToken);
        await session.StopReadingAsync(cancellationToken);
        return heard;
    }

    private static async Task SampleAsync(MercurySession session, MercurySettings settings, ISightingSink sink, CancellationToken end)
    {
        await session.StartReadingAsync(end);
        while (true)
        {
            if (await session.NextAsync(TagSample.Span, end) is { Command: MercuryCommand.TagReport } frame
                && MercuryTag.TryRead(frame.Data.Span, out var tag) && tag.Epc.Length > 0)
            {
                await sink.PublishAsync(new TagSighting(session.Arrival, "probe", tag.Antenna ?? settings.Antennas[0], tag.Epc, tag.RssiDbm, tag.Count), end);
            }
        }
    }
}
