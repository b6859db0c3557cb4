using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Asks a reader who it is and lets it read for a second; its settings stay as they are.</summary>
internal static class LlrpProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Task<ProbeReport> RunAsync(LlrpSettings settings, VersionAgreement versions, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The reader at {settings.Address} did not answer",
            "Check the address, or restart the reader.",
            limited => AskUnlessBusyAsync(settings, versions, time, limited),
            time,
            cancellationToken);

    private static async Task<ProbeReport> AskUnlessBusyAsync(LlrpSettings settings, VersionAgreement versions, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(settings, versions, time, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Busy)
        {
            return new ProbeReport(
                false, $"{fault.Message} If the BayEdge service runs and uses this reader, it is that program, and all is well.", []);
        }
    }

    private static async Task<ProbeReport> AskAsync(LlrpSettings settings, VersionAgreement versions, TimeProvider time, CancellationToken cancellationToken)
    {
        using var session = await versions.OpenAsync(settings.Address, keep: null, cancellationToken);
        uint? ordered = null;
        try
        {
            var abilities = await LlrpAbilities.AskAsync(session, settings.Address, cancellationToken);
            var device = abilities.Device ?? throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"The reader at {settings.Address} does not say what device it is, as LLRP demands.");
            var felt = await AntennaPorts.AskAsync(session, cancellationToken);
            var report = Describe(session.Version, device, abilities, felt);
            try
            {
                abilities.RequireBand(settings);
                if (AntennaPorts.Fault(settings, device, felt) is { } fault)
                    throw fault;
                var extended = settings.BySerialNumber && await LlrpReading.ExtendAsync(session, settings, device, cancellationToken);
                var reading = new LlrpReading(session, settings, abilities, extended);
                if (settings.Antennas.IsEmpty || await reading.HoldsOrdersAsync(cancellationToken) != false)
                    return report;
                ordered = RoSpecPlan.RoSpecId;
                await reading.OrderAsync(settings.PowerDbm, cancellationToken);
                return report with { Power = await PowerAsync(reading, cancellationToken), Heard = await SampleAsync(session, settings, time, cancellationToken) };
            }
            catch (DeviceFaultException fault)
            {
                return report with { Answered = false, Says = fault.Says };
            }
        }
        finally
        {
            await session.LeaveAsync(ordered);
        }
    }

    private static ProbeReport Describe(LlrpVersion version, GeneralDeviceCapabilities device, LlrpAbilities abilities, ImmutableArray<AntennaProperties> felt)
    {
        var manufacturer = LlrpVendor.Of(device.Manufacturer).Name;
        List<ProbeFact> facts =
        [
            new(ProbeFact.Manufacturer, manufacturer),
            new(ProbeFact.Model, $"{device.Model}"),
            new(ProbeFact.Firmware, device.Firmware),
            new("LLRP", version == LlrpVersion.V11 ? "1.1" : "1.0.1"),
            new(ProbeFact.Antennas, $"{device.MaxAntennas}"),
        ];
        if (!felt.IsEmpty)
            facts.Add(new ProbeFact(ProbeFact.ConnectedAntennas, string.Join(", ", felt.Where(port => port.Connected).Select(port => port.Antenna))));
        if (abilities.Region is { } region)
            facts.Add(new ProbeFact(ProbeFact.Region, region.Description));
        return new ProbeReport(true, $"{manufacturer} reader, model {device.Model}, firmware {device.Firmware}, {device.MaxAntennas} antenna ports.", [.. facts])
        {
            Antennas = AntennaPorts.All(device, felt),
        };
    }

    private static async Task<TransmitPower?> PowerAsync(LlrpReading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await reading.PowerAsync(cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // Helpful but not needed.
            return null;
        }
    }

    private static Task<ImmutableArray<HeardTag>> SampleAsync(LlrpSession session, LlrpSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var mapper = new TagReportMapper("probe", settings);
        mapper.Greet(session.Greeting, session.Greeted);
        return TagSample.TakeAsync(
            async (sink, end) =>
            {
                while (true)
                    await session.PublishAsync(mapper, await session.NextReportAsync(Limit, end, cancellationToken), sink, end);
            },
            time,
            cancellationToken);
    }
}
