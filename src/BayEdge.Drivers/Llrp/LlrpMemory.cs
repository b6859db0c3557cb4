using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Reads what tags hold besides their identity, while the inventory goes on.</summary>
/// <param name="session">One in which the reader reads.</param>
internal sealed class LlrpMemory(LlrpSession session, HostAndPort address)
{
    private const uint AccessSpecId = 1;
    private const ushort AllAntennas = 0;

    /// <summary>Where in its bank a tag's identity begins, behind checksum and protocol control (Gen2, section 6.3.2.1.2).</summary>
    private const ushort IdentityAtBit = 32;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private ushort _reads;

    /// <exception cref="DeviceFaultException">The tag is not there or does not give it, or the reader was lost.</exception>
    public async Task<string> ReadAsync(string tag, TagMemoryBank bank, int firstWord, int words, CancellationToken cancellationToken)
    {
        // Results bear the number of what was asked, so that a late one is not taken for that of this question.
        var read = new Gen2Read(++_reads, Password: 0, bank, (ushort)firstWord, (ushort)words);
        await ForgetAsync(session, cancellationToken);
        await session.RequestAsync(new PlainMessage(MessageType.AddAccessSpec, [OrderOf(tag, read)]), cancellationToken);
        await session.RequestAsync(new SpecCommand(MessageType.EnableAccessSpec, AccessSpecId), cancellationToken);

        // A tag that answered too weakly is asked again in the next round.
        Gen2ReadResult? last = null;
        await session.SeekAsync(report => (last = ResultIn(report, tag, read.Id) ?? last)?.Result == Gen2ReadResult.Success, Limit, cancellationToken);
        await ForgetAsync(session, cancellationToken);
        return last switch
        {
            null => throw TagWords.NotFound($"reader at {address}", tag),
            { Result: not Gen2ReadResult.Success } => throw TagWords.NotRead($"reader at {address}", tag, InWords(last.Result)),
            _ => TagWords.HexOf(last.Data.Span, tag, words),
        };
    }

    /// <summary>Ends what this or another program ordered; readers that know no such orders may refuse.</summary>
    public static async Task ForgetAsync(LlrpSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.RequestAsync(new SpecCommand(MessageType.DeleteAccessSpec, SpecId: 0), cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // There is nothing to end.
        }
    }

    /// <summary>Has the inventory read the memory of the tags whose identity begins with this one.</summary>
    public static AccessSpec OrderOf(string tag, Gen2Read read)
    {
        var identity = Convert.FromHexString(tag);
        var everyBit = new byte[identity.Length];
        Array.Fill(everyBit, byte.MaxValue);
        var target = new Gen2TargetTag(TagMemoryBank.Epc, Match: true, IdentityAtBit, BitField.Of(everyBit), BitField.Of(identity));
        return new AccessSpec(AccessSpecId, AllAntennas, InventoryParameterSpec.Gen2, Active: false, RoSpecPlan.RoSpecId,
        [
            new AccessSpecStopTrigger(AccessSpecStopTrigger.Null, Operations: 0),
            new AccessCommand([new Gen2TagSpec([target]), read]),
            new AccessReportSpec(AccessReportSpec.WithTags),
        ]);
    }

    /// <summary>Of that tag itself: the order goes to longer identities, too.</summary>
    private static Gen2ReadResult? ResultIn(RoAccessReport report, string tag, ushort id) =>
        report.Tags.Where(found => TagWords.AreSame(tag, found.Epc)).SelectMany(found => found.Others).OfType<Gen2ReadResult>().LastOrDefault(result => result.Id == id);

    private static Wording InWords(byte result) => result switch
    {
        Gen2ReadResult.TagError => Wording.Of("the tag refused; perhaps it has no such words, or keeps them locked"),
        Gen2ReadResult.NoResponse => "the tag answered too weakly; hold it nearer",
        Gen2ReadResult.MemoryOverrun => "the tag has no such words",
        Gen2ReadResult.MemoryLocked => "the tag keeps these words locked",
        Gen2ReadResult.WrongPassword => "the tag wants a password",
        _ => $"result {result}",
    };
}
