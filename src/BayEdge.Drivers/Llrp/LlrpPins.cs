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
        var counted = Enumerable.Range(1, device?.Parameters.Find<GpioCapabilities>()?.Outputs ?? 0);
        return [.. told.Keys.Union(counted).Order().Select(port => new DigitalOutput(port, told.TryGetValue(port, out var on) ? on : null))];
    }

    public static Task SetAsync(LlrpSession session, int port, bool on, CancellationToken cancellationToken) =>
        session.RequestAsync(new SetReaderConfig(ResetToFactoryDefault: false, [new GpoWriteData((ushort)port, on)]), cancellationToken);

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
