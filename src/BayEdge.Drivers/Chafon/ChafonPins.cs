using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>The reader's one input and two outputs (UHFReader288MP user manual V1.14, sections 8.4.10 and 8.4.11); older readers have none and refuse.</summary>
internal static class ChafonPins
{
    private const int Outputs = 2;
    private const int FirstOutputAtBit = 4;

    public static async Task<ImmutableArray<DigitalInput>> InputsAsync(ChafonSession session, ChafonSettings settings, CancellationToken cancellationToken) =>
        [new DigitalInput(1, (await StateAsync(session, settings, cancellationToken) & 1) != 0)];

    public static async Task<ImmutableArray<DigitalOutput>> OutputsAsync(ChafonSession session, ChafonSettings settings, CancellationToken cancellationToken)
    {
        var state = await StateAsync(session, settings, cancellationToken) >> FirstOutputAtBit;
        return [.. Enumerable.Range(1, Outputs).Select(output => new DigitalOutput(output, (state >> (output - 1) & 1) != 0))];
    }

    /// <exception cref="DeviceFaultException">There is no such output.</exception>
    public static async Task SetAsync(ChafonSession session, ChafonSettings settings, int output, bool on, CancellationToken cancellationToken)
    {
        if (output is < 1 or > Outputs)
            throw new DeviceFaultException(DeviceFaultKind.Refused, $"The reader at {settings.Port} has the outputs 1 and 2, but not {output}.");

        // All are set at once, so the others are set to what they are.
        var state = await StateAsync(session, settings, cancellationToken) >> FirstOutputAtBit & ((1 << Outputs) - 1);
        var bit = 1 << (output - 1);
        await session.RequestAsync(ChafonCommand.SetPins, new[] { (byte)(on ? state | bit : state & ~bit) }, cancellationToken);
    }

    private static async Task<int> StateAsync(ChafonSession session, ChafonSettings settings, CancellationToken cancellationToken)
    {
        var answer = await session.RequestAsync(ChafonCommand.GetPins, ReadOnlyMemory<byte>.Empty, cancellationToken);
        return answer.Data.Length > 0 ? answer.Data.Span[0] : throw SerialRefusal.TooShort(
            "reader", settings.Port, ChafonCommand.InWords(ChafonCommand.GetPins), answer.Data.Length, expected: 1, ChafonCommand.GetPins);
    }
}
