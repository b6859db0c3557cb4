using System.Buffers.Binary;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.R200;

/// <summary>Reads what a tag holds besides its identity (Unit RFID-UHF protocol for M100/QM100, sections 2.5 to 2.8).</summary>
internal static class R200Memory
{
    private const byte AlwaysSelect = 0;
    private const byte NeverSelect = 1;

    /// <exception cref="DeviceFaultException">The tag is not there, or does not give it.</exception>
    public static async Task<string> ReadAsync(
        R200Session session, string port, string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken)
    {
        await session.RequestAsync(R200Command.SetSelect, SelectOf(tag), cancellationToken);
        await session.RequestAsync(R200Command.SetSelectMode, new[] { AlwaysSelect }, cancellationToken, answeredAs: R200Command.SetSelect);
        try
        {
            var (failure, answer) = await session.AskAsync(R200Command.ReadMemory, ReadOf(bank, firstWord, words), cancellationToken);
            return failure switch
            {
                null => TagWords.HexOf(WordsIn(answer), tag, words),
                R200Failure.NoTag or R200Failure.NoSuchTag => throw TagWords.NotFound($"module at {port}", tag),
                _ => throw TagWords.NotRead($"module at {port}", tag, R200Failure.Describe(failure.Value)),
            };
        }
        finally
        {
            // Left as it is, the module would read this tag only.
            await HalfWay.MustAsync(() => session.RequestAsync(R200Command.SetSelectMode, new[] { NeverSelect }, cancellationToken, answeredAs: R200Command.SetSelect));
        }
    }

    /// <summary>Compares a tag's memory from the identity on: bank 1, bit 32.</summary>
    public static byte[] SelectOf(string tag)
    {
        const byte inventoriedByBank1 = 0x01, notTruncated = 0;
        const uint identityAtBit = 32;
        var identity = Convert.FromHexString(tag);
        var parameters = new byte[7 + identity.Length];
        parameters[0] = inventoriedByBank1;
        BinaryPrimitives.WriteUInt32BigEndian(parameters.AsSpan(1), identityAtBit);
        (parameters[5], parameters[6]) = ((byte)(identity.Length * 8), notTruncated);
        identity.CopyTo(parameters, 7);
        return parameters;
    }

    /// <summary>No password, bank, first word, number of words.</summary>
    public static byte[] ReadOf(TagMemoryBank bank, int firstWord, int words) =>
        [0, 0, 0, 0, (byte)bank, (byte)(firstWord >> 8), (byte)firstWord, (byte)(words >> 8), (byte)words];

    /// <summary>What follows the length of what names the tag, and that.</summary>
    public static ReadOnlySpan<byte> WordsIn(ReadOnlySpan<byte> answer) =>
        answer.Length > 0 && answer.Length > answer[0] ? answer[(1 + answer[0])..] : [];
}
