using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Whether the configured antennas are there.</summary>
internal static class AntennaPorts
{
    /// <summary>What the reader feels on each of its ports; empty when it does not tell.</summary>
    public static async Task<ImmutableArray<AntennaProperties>> AskAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.RequestAsync(
                new GetReaderConfig(Antenna: 0, GetReaderConfig.AntennaPropertiesOnly, GpiPort: 0, GpoPort: 0, []), cancellationToken);
            return [.. answer.Parameters.OfType<AntennaProperties>().OrderBy(port => port.Antenna)];
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // Helpful but not needed: the reader works without this answer.
            return [];
        }
    }

    /// <summary>Every port of the reader, felt or not.</summary>
    public static ImmutableArray<AntennaPort> All(GeneralDeviceCapabilities? device, ImmutableArray<AntennaProperties> felt) => !felt.IsEmpty
        ? [.. felt.Select(port => new AntennaPort(port.Antenna, port.Connected))]
        : [.. Enumerable.Range(1, device?.MaxAntennas ?? 0).Select(port => new AntennaPort(port, Connected: null))];

    /// <summary>Says which configured ports the reader does not have, or feels no antenna on; null when all are well.</summary>
    public static DeviceFaultException? Fault(LlrpSettings settings, GeneralDeviceCapabilities? device, ImmutableArray<AntennaProperties> ports)
    {
        var missing = settings.Antennas.Where(port => port > (device?.MaxAntennas ?? ushort.MaxValue)).ToList();
        if (missing.Count > 0)
        {
            return new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"Antenna port {string.Join(", ", missing)} is configured, but the reader at {settings.Address} has ports 1 to {device!.MaxAntennas}. Correct the antennas of the reader.");
        }

        var unplugged = settings.Antennas.Where(port => ports.Any(known => known.Antenna == port && !known.Connected)).ToList();
        return unplugged.Count > 0 ? new DeviceFaultException(DeviceFaultKind.Lost, Unplugged(settings.Address, unplugged)) : null;
    }

    public static Wording Unplugged(HostAndPort address, IReadOnlyList<ushort> ports) =>
        $"The reader at {address} feels no antenna on port {string.Join(", ", ports)}. Check the antenna cable and its plugs.";
}
