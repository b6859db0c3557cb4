using System.Buffers.Binary;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mercury;

/// <summary>Reads what a tag holds besides its identity (MercuryAPI, serial_reader_l3.c, TMR_SR_cmdGEN2ReadTagData), by the whole of its identity.</summary>
internal static class MercuryMemory
{
    private const byte ByIdentity = 0x01;
    private const byte WithMetadata = 0x10;
    private const byte LongIdentity = 0x20;

    /// <summary>Option and flags, before the words.</summary>
    private const int AnswerHead = 3;

    /// <summary>What fits into an answer.</summary>
    private const int MostWords = 120;

    private const ushort TimeoutMs = 500;

    /// <summary>Tries each configured antenna in turn, since reading memory takes one at a time.</summary>
    /// <exception cref="DeviceFaultException">The tag is not there, or does not give it.</exception>
    public static async Task<string> ReadAsync(
        MercurySession session, MercurySettings settings, string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken)
    {
        var question = ReadOf(tag, bank, firstWord, Math.Min(words, MostWords));
        try
        {
            var told = MercuryStatus.NoTag;
            foreach (var antenna in settings.Antennas)
            {
                await session.RequestAsync(MercuryCommand.SetAntennas, new[] { (byte)antenna, (byte)antenna }, cancellationToken);
                var (status, answer) = await session.AskAsync(MercuryCommand.ReadTagData, question, cancellationToken);
                if (status == MercuryStatus.Success)
                    return TagWords.HexOf(answer.AsSpan(Math.Min(AnswerHead, answer.Length)), tag, words);
                told = status == MercuryStatus.NoTag ? told : status;
                if (MercuryStatus.IsRefusalOfTag(status))
                    break;
            }

            throw told == MercuryStatus.NoTag
                ? TagWords.NotFound($"module at {settings.Port}", tag)
                : TagWords.NotRead($"module at {settings.Port}", tag, MercuryStatus.Describe(told));
        }
        finally
        {
            await HalfWay.MustAsync(() => MercurySetUp.ApplyAntennasAsync(session, settings, cancellationToken));
        }
    }

    /// <remarks>
    /// How long to try, option, flags of what to tell besides (nothing; an M7e wants them all the same), bank, first word, number of words,
    /// no password, the identity with its length in bits.
    /// </remarks>
    public static byte[] ReadOf(string tag, TagMemoryBank bank, int firstWord, int words)
    {
        const byte nothingBesides = 0, noPassword = 0;
        var identity = Convert.FromHexString(tag);
        var bits = identity.Length * 8;
        var address = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(address, (uint)firstWord);
        byte[] length = bits > byte.MaxValue ? [(byte)(bits >> 8), (byte)bits] : [(byte)bits];
        return
        [
            TimeoutMs >> 8, TimeoutMs & 0xFF, (byte)(WithMetadata | ByIdentity | (length.Length > 1 ? LongIdentity : 0)), nothingBesides, nothingBesides,
            (byte)bank, .. address, (byte)words, noPassword, noPassword, noPassword, noPassword, .. length, .. identity,
        ];
    }
}
