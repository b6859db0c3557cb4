using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Chafon;

/// <summary>Reads what a tag holds besides its identity (UHF RFID Reader User's Manual V2.0, section 8.2.2), by the whole of its identity.</summary>
internal static class ChafonMemory
{
    /// <summary>The command names it in a byte.</summary>
    public const int LastWord = byte.MaxValue;

    private const int MostWords = 120;

    /// <exception cref="DeviceFaultException">The tag is not there, or does not give it.</exception>
    public static async Task<string> ReadAsync(
        ChafonSession session, string port, string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken)
    {
        var answer = await session.AskAsync(ChafonCommand.ReadMemory, ReadOf(tag, bank, firstWord, Math.Min(words, MostWords)), cancellationToken);
        return answer.Status switch
        {
            ChafonStatus.Success => TagWords.HexOf(answer.Data.Span, tag, words),
            ChafonStatus.NoTag => throw TagWords.NotFound($"reader at {port}", tag),
            _ => throw TagWords.NotRead($"reader at {port}", tag, ChafonStatus.Describe(answer.Status)),
        };
    }

    /// <summary>The identity with its length in words, bank, first word, number of words, no password.</summary>
    public static byte[] ReadOf(string tag, TagMemoryBank bank, int firstWord, int words)
    {
        var identity = Convert.FromHexString(tag);
        return [(byte)(identity.Length / 2), .. identity, (byte)bank, (byte)firstWord, (byte)words, 0, 0, 0, 0];
    }
}
