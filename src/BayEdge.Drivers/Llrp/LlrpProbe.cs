using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Asks a reader who it is, without changing anything on it.</summary>
internal static class LlrpProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Task<ProbeReport> RunAsync(LlrpSettings settings, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The reader at {settings.Address} did not answer",
            "Check the address, or restart the reader.",
            limited => AskUnlessBusyAsync(settings, time, limited),
            time,
            cancellationToken);

    private static async Task<ProbeReport> AskUnlessBusyAsync(LlrpSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(settings, time, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Busy)
        {
            return new ProbeReport(
                false, $"{fault.Message} If the BayEdge service runs and uses this reader, it is that program, and all is well.", []);
        }
    }

    private static async Task<ProbeReport> AskAsync(LlrpSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        using var session = await LlrpSession.OpenAsync(settings.Address, time, cancellationToken);
        try
        {
            var answer = await session.RequestAsync(new GetReaderCapabilities(0, []), cancellationToken);
            var device = answer.Parameters.Find<GeneralDeviceCapabilities>() ?? throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"The reader at {settings.Address} does not say what device it is, as LLRP demands.");
            return Describe(settings, device, await AntennaPorts.AskAsync(session, cancellationToken));
        }
        finally
        {
            await session.LeaveAsync(roSpecId: null);
        }
    }

    private static ProbeReport Describe(LlrpSettings settings, GeneralDeviceCapabilities device, ImmutableArray<AntennaProperties> ports)
    {
        var manufacturer = ManufacturerOf(device.Manufacturer);
        var facts = ImmutableArray.Create(
            new ProbeFact("manufacturer", manufacturer),
            new ProbeFact("model", $"{device.Model}"),
            new ProbeFact("firmware", device.Firmware),
            new ProbeFact("antennas", $"{device.MaxAntennas}"));
        if (!ports.IsEmpty)
            facts = facts.Add(new ProbeFact("connected antennas", string.Join(", ", ports.Where(port => port.Connected).Select(port => port.Antenna))));

        return AntennaPorts.Fault(settings, device, ports) is { } fault
            ? new ProbeReport(false, fault.Message, facts)
            : new ProbeReport(true, $"{manufacturer} reader, model {device.Model}, firmware {device.Firmware}, {device.MaxAntennas} antenna ports.", facts);
    }

    /// <summary>From the IANA registry of private enterprise numbers.</summary>
    private static string ManufacturerOf(uint number) => number switch
    {
        161 => "Zebra (Motorola)",
        ImpinjExtensions.Vendor => "Impinj",
        _ => $"manufacturer {number}",
    };
}
