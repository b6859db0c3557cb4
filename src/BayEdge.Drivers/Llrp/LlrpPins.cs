using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>The reader's inputs and outputs.</summary>
internal static class LlrpPins
{
    public static async Task<ImmutableArray<DigitalInput>> InputsAsync(LlrpSession session, CancellationToken cancellationToken) =>
        [.. (await AskAsync(session, GetReaderConfig.GpiPortsOnly, cancellationToken)).OfType<GpiPortCurrentState>().Select(input => new DigitalInput(
            input.Port, input.State == GpiPortCurrentState.Unknown ? null : input.State == GpiPortCurrentState.High))];

    /// <summary>Those that the reader counts, each with its state where it tells that.</summary>
    public static async Task<ImmutableArray<DigitalOutput>> OutputsAsync(LlrpSession session, GeneralDeviceCapabilities? device, CancellationToken cancellationToken)
    {
        var told = await ToldAsync(session, cancellationToken);
        return [.. told.Keys.Union(Enumerable.Range(1, CountedIn(device))).Order().Select(port => new DigitalOutput(port, told.TryGetValue(port, out var on) ? on : null))];
    }

    /// <exception cref="DeviceFaultException">There is no such output.</exception>
    public static async Task SetAsync(LlrpReading reading, HostAndPort address, int port, bool on, CancellationToken cancellationToken)
    {
        var counted = CountedIn(reading.Abilities.Device);
        if (counted > 0 && port > counted)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused, $"The reader at {address} has the outputs {string.Join(", ", Enumerable.Range(1, counted))}, but not {port}.");
        }

        await reading.Session.RequestAsync(new SetReaderConfig(ResetToFactoryDefault: false, [new GpoWriteData((ushort)port, on)]), cancellationToken);
    }

    /// <returns>0 when the reader counts none.</returns>
    private static int CountedIn(GeneralDeviceCapabilities? device) => device?.Parameters.Find<GpioCapabilities>()?.Outputs ?? 0;

    /// <returns>Empty when the reader only takes orders for its outputs.</returns>
    private static async Task<Dictionary<int, bool>> ToldAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AskAsync(session, GetReaderConfig.GpoPortsOnly, cancellationToken);
            return answer.OfType<GpoWriteData>().GroupBy(output => (int)output.Port).ToDictionary(port => port.Key, port => port.Last().On);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            return [];
        }
    }

    private static async Task<ImmutableArray<LlrpParameter>> AskAsync(LlrpSession session, byte requestedData, CancellationToken cancellationToken) =>
        (await session.RequestAsync(new GetReaderConfig(Antenna: 0, requestedData, GpiPort: 0, GpoPort: 0, []), cancellationToken)).Parameters;
}
