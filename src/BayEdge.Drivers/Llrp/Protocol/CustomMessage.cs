namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>A vendor's own message (LLRP 1.1, section 8.1).</summary>
/// <param name="Vendor">The vendor's IANA private enterprise number.</param>
internal sealed record CustomMessage(uint Vendor, byte Subtype, ReadOnlyMemory<byte> Data) : LlrpMessage(MessageType.Custom)
{
    public override void WriteBody(FieldWriter writer)
    {
        writer.U32(Vendor);
        writer.U8(Subtype);
        writer.Bytes(Data.Span);
    }
}
