using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>Asks a module who it is and lets it read for a second; its settings stay as they are.</summary>
internal static partial class R200Probe
{
    private const byte FirmwareVersion = 1;
    private const byte Maker = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static Task<ProbeReport> RunAsync(R200Settings settings, bool mayRead, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The module at {settings.Port} did not answer",
            "Unplug it and plug it in again.",
            async limited =>
            {
                settings.RequirePossible();
                using var session = await R200Session.OpenAsync(settings, ports, time, limited);
                return await DescribeAsync(session, settings, mayRead, time, limited);
            },
            time,
            cancellationToken);

    private static async Task<ProbeReport> DescribeAsync(R200Session session, R200Settings settings, bool mayRead, TimeProvider time, CancellationToken cancellationToken)
    {
        var firmware = await session.InformationAsync(FirmwareVersion, cancellationToken);
        var maker = await session.InformationAsync(Maker, cancellationToken);
        var region = await R200SetUp.RegionAsync(session, cancellationToken);
        var power = await R200SetUp.PowerAsync(session, cancellationToken);
        R200SetUp.RequirePossible(settings, region, power);

        var facts = ImmutableArray.Create(
            new ProbeFact(ProbeFact.Manufacturer, maker),
            new ProbeFact(ProbeFact.Model, session.Hardware),
            new ProbeFact(ProbeFact.Firmware, firmware),
            new ProbeFact(ProbeFact.Antennas, "1"),
            new ProbeFact("framing", session.Framing.Name),
            new ProbeFact(ProbeFact.Region, R200Region.Describe(region)),
            new ProbeFact(ProbeFact.Power, SerialReadback.Dbm(power)));
        return new ProbeReport(
            true, $"{session.Hardware}, firmware {firmware}, {R200Region.Describe(region)}, {SerialReadback.Dbm(power)}.{Changes(settings, region, power)}{Doubt(settings, power, session.Hardware)}", facts)
        {
            Antennas = [new AntennaPort(R200Source.OnlyAntenna, Connected: null)],
            Power = new TransmitPower(power / 100.0, LeastDbm: null, MostDbm: null),
            Heard = mayRead ? await HearAsync(session, time, cancellationToken) : null,
        };
    }

    /// <summary>The most that a module can, it does not tell; some bear it in their name, which is no promise.</summary>
    private static Wording Doubt(R200Settings settings, int power, string hardware) =>
        settings.PowerDbm is { } wanted && settings.PowerCentiDbm != power && RatedPower().Match(hardware) is { Success: true } rated
        && double.Parse(rated.Groups[1].Value, CultureInfo.InvariantCulture) is var named && wanted > named
            ? Wording.Of($" Its name says {named:0.##} dBm: whether it takes {wanted:0.##} dBm shows when it is started; lower powerDbm if it does not.")
            : "";

    private static async Task<ImmutableArray<HeardTag>?> HearAsync(R200Session session, TimeProvider time, CancellationToken cancellationToken)
    {
        var heard = await TagSample.TakeAsync((sink, end) => SampleAsync(session, sink, end), time, cancellationToken);
        await session.StopReadingAsync(cancellationToken);
        return heard;
    }

    private static async Task SampleAsync(R200Session session, ISightingSink sink, CancellationToken end)
    {
        await session.StartReadingAsync(end);
        while (true)
        {
            if (await session.NextAsync(TagSample.Span, end) is { Type: R200FrameType.Notification } frame && R200Tag.TryRead(frame.Parameters.Span, out var tag) && tag.Epc.Length > 0)
                await sink.PublishAsync(new TagSighting(session.Arrival, "probe", R200Source.OnlyAntenna, tag.Epc, tag.RssiDbm, Count: 1), end);
        }
    }

    /// <summary>What starting to read will set, in words.</summary>
    private static Wording Changes(R200Settings settings, byte region, int power)
    {
        List<string> changes = [];
        if (settings.Region is { } wantedRegion && wantedRegion.Code != region)
            changes.Add(wantedRegion.Description);
        if (settings.PowerCentiDbm is { } wantedPower && wantedPower != power)
            changes.Add(SerialReadback.Dbm(wantedPower));
        return Probing.Changes(changes);
    }

    [GeneratedRegex(@"(\d{1,2}(?:\.\d+)?) ?dBm", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RatedPower();
}
