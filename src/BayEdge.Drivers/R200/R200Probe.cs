using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>Asks a module who it is, without changing its settings.</summary>
internal static class R200Probe
{
    private const byte FirmwareVersion = 1;
    private const byte Maker = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static async Task<ProbeReport> RunAsync(R200Settings settings, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            settings.RequirePossible();
            using var session = await R200Session.OpenAsync(settings, ports, time, either.Token);
            return await DescribeAsync(session, settings, either.Token);
        }
        catch (DeviceFaultException fault)
        {
            return ProbeReport.Failed(fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeReport(false, $"The module at {settings.Port} did not answer within {Limit.TotalSeconds:0} s. Unplug it and plug it in again.", []);
        }
    }

    private static async Task<ProbeReport> DescribeAsync(R200Session session, R200Settings settings, CancellationToken cancellationToken)
    {
        var firmware = await session.InformationAsync(FirmwareVersion, cancellationToken);
        var maker = await session.InformationAsync(Maker, cancellationToken);
        var region = await R200SetUp.RegionAsync(session, cancellationToken);
        var power = await R200SetUp.PowerAsync(session, cancellationToken);

        var facts = ImmutableArray.Create(
            new ProbeFact("manufacturer", maker),
            new ProbeFact("model", session.Hardware),
            new ProbeFact("firmware", firmware),
            new ProbeFact("antennas", "1"),
            new ProbeFact("framing", session.Framing.Name),
            new ProbeFact("region", R200Region.Describe(region)),
            new ProbeFact("power", R200SetUp.Dbm(power)));
        var summary = $"{session.Hardware}, firmware {firmware}, {R200Region.Describe(region)}, {R200SetUp.Dbm(power)}.";
        return new ProbeReport(true, summary + Changes(settings, region, power), facts);
    }

    /// <summary>What starting to read will set, in words.</summary>
    private static string Changes(R200Settings settings, byte region, int power)
    {
        List<string> changes = [];
        if (settings.Region is { } wantedRegion && wantedRegion.Code != region)
            changes.Add(wantedRegion.Description);
        if (settings.PowerCentiDbm is { } wantedPower && wantedPower != power)
            changes.Add(R200SetUp.Dbm(wantedPower));
        return changes.Count == 0 ? "" : $" It will be set to {string.Join(" and ", changes)}, as configured.";
    }
}
