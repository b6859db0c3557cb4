using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>Asks a module who it is, without changing its settings.</summary>
internal static class MercuryProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static Task<ProbeReport> RunAsync(MercurySettings settings, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The module at {settings.Port} did not answer",
            "Unplug it and plug it in again.",
            async limited =>
            {
                settings.RequirePossible();
                using var session = await MercurySession.OpenAsync(settings, ports, time, limited);
                return await DescribeAsync(session, settings, limited);
            },
            time,
            cancellationToken);

    private static async Task<ProbeReport> DescribeAsync(MercurySession session, MercurySettings settings, CancellationToken cancellationToken)
    {
        var region = await MercurySetUp.RegionAsync(session, cancellationToken);
        var power = await MercurySetUp.PowerAsync(session, cancellationToken);
        var (model, firmware) = session.Version;
        List<ProbeFact> facts =
        [
            new(ProbeFact.Manufacturer, "ThingMagic"),
            new(ProbeFact.Model, model),
            new(ProbeFact.Firmware, firmware),
            new(ProbeFact.Region, MercuryRegion.Describe(region)),
            new(ProbeFact.Power, SerialReadback.Dbm(power.Now)),
            new("possible power", $"{SerialReadback.Dbm(power.Least)} to {SerialReadback.Dbm(power.Most)}"),
        ];
        if (await session.TryRequestAsync(MercuryCommand.GetTemperature, ReadOnlyMemory<byte>.Empty, cancellationToken) is [var celsius, ..])
            facts.Add(new ProbeFact("temperature", $"{(sbyte)celsius} °C"));

        List<string> changes = [];
        if (settings.Region is { } wanted && wanted.Code != region)
            changes.Add(wanted.Description);
        if (settings.PowerCentiDbm is { } wantedPower && wantedPower != power.Now)
            changes.Add(SerialReadback.Dbm(wantedPower));
        var summary = $"ThingMagic {model}, firmware {firmware}, {MercuryRegion.Describe(region)}, {SerialReadback.Dbm(power.Now)}.";
        return new ProbeReport(true, summary + Probing.Changes(changes), [.. facts]);
    }
}
