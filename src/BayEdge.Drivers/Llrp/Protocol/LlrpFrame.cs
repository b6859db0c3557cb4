namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>One message as it came: its header taken apart, its body still bytes (LLRP 1.1, chapter 17).</summary>
/// <param name="Id">Chosen by the client; an answer carries the id of its request.</param>
/// <param name="Body">Everything after the ten bytes of the header.</param>
internal readonly record struct LlrpFrame(LlrpVersion Version, MessageType Type, uint Id, ReadOnlyMemory<byte> Body)
{
    public const int HeaderBytes = 10;

    /// <summary>Capabilities of real readers take some kilobytes; what claims more than this is no reader.</summary>
    public const int LongestBytes = 1 << 20;
}

internal enum LlrpVersion
{
    /// <summary>LLRP 1.0.1.</summary>
    V101 = 1,

    /// <summary>LLRP 1.1.</summary>
    V11 = 2,
}
