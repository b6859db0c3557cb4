using System.Collections.Immutable;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mercury;

/// <summary>The module's digital lines, each of which is an input or an output (MercuryAPI, serial_reader_l3.c, TMR_SR_cmdGetGPIO and TMR_SR_cmdSetGPIO).</summary>
internal static class MercuryLines
{
    private const byte WithDirections = 1;
    private const byte Output = 1;
    private const byte High = 1;

    public static async Task<ImmutableArray<DigitalInput>> InputsAsync(MercurySession session, MercurySettings settings, CancellationToken cancellationToken) =>
        [.. (await AllAsync(session, settings, cancellationToken)).Where(line => !line.IsOutput).Select(line => new DigitalInput(line.Number, line.IsHigh))];

    public static async Task<ImmutableArray<DigitalOutput>> OutputsAsync(MercurySession session, MercurySettings settings, CancellationToken cancellationToken) =>
        [.. (await AllAsync(session, settings, cancellationToken)).Where(line => line.IsOutput).Select(line => new DigitalOutput(line.Number, line.IsHigh))];

    /// <exception cref="DeviceFaultException">There is no such line, or it is an input: to drive it against a contact may destroy it.</exception>
    public static async Task SetAsync(MercurySession session, MercurySettings settings, int number, bool on, CancellationToken cancellationToken)
    {
        var lines = await AllAsync(session, settings, cancellationToken);
        if (lines.All(line => line.Number != number))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused, $"The module at {settings.Port} has the lines {string.Join(", ", lines.Select(line => line.Number))}, but not {number}.");
        }

        if (lines.Any(line => line.Number == number && !line.IsOutput))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"Line {number} of the module at {settings.Port} is an input. Make it an output with the maker's program, once nothing drives it from outside.");
        }

        await session.RequestAsync(MercuryCommand.SetLine, new[] { (byte)number, on ? High : (byte)0 }, cancellationToken);
    }

    /// <summary>Number, direction and level of each.</summary>
    /// <returns>Null when the answer is none of that.</returns>
    public static ImmutableArray<(int Number, bool IsOutput, bool IsHigh)>? Read(ReadOnlySpan<byte> answer)
    {
        if (answer is not [WithDirections, .. var rest] || rest.Length % 3 != 0)
            return null;
        var lines = ImmutableArray.CreateBuilder<(int, bool, bool)>(rest.Length / 3);
        for (; !rest.IsEmpty; rest = rest[3..])
            lines.Add((rest[0], rest[1] == Output, rest[2] == High));
        return lines.MoveToImmutable();
    }

    private static async Task<ImmutableArray<(int Number, bool IsOutput, bool IsHigh)>> AllAsync(
        MercurySession session, MercurySettings settings, CancellationToken cancellationToken)
    {
        var answer = await session.RequestAsync(MercuryCommand.GetLines, new[] { WithDirections }, cancellationToken);
        return Read(answer) ?? throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The module at {settings.Port} tells of its inputs and outputs in a way that is not known. Update its firmware.");
    }
}
