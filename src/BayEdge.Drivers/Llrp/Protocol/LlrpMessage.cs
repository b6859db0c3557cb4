using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>A message, taken apart. Most differ only in their type and parameters; the others have records of their own.</summary>
internal abstract record LlrpMessage(MessageType Type)
{
    public abstract void WriteBody(FieldWriter writer);

    protected static void WriteAll(FieldWriter writer, ImmutableArray<LlrpParameter> parameters)
    {
        foreach (var parameter in parameters)
            parameter.Write(writer);
    }
}

/// <summary>A message that consists of parameters, or of nothing.</summary>
internal sealed record PlainMessage(MessageType Type, ImmutableArray<LlrpParameter> Parameters) : LlrpMessage(Type)
{
    public PlainMessage(MessageType type)
        : this(type, [])
    {
    }

    public override void WriteBody(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>DELETE, START, STOP, ENABLE and DISABLE_ROSPEC (LLRP 1.1, chapter 11).</summary>
/// <param name="RoSpecId">0 means all, where the specification allows it.</param>
internal sealed record RoSpecCommand(MessageType Type, uint RoSpecId) : LlrpMessage(Type)
{
    public override void WriteBody(FieldWriter writer) => writer.U32(RoSpecId);
}

/// <summary>LLRP 1.1, chapter 10.</summary>
/// <param name="RequestedData">0 for all.</param>
internal sealed record GetReaderCapabilities(byte RequestedData, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.GetReaderCapabilities)
{
    public override void WriteBody(FieldWriter writer)
    {
        writer.U8(RequestedData);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 13.</summary>
/// <param name="Antenna">0 for all.</param>
/// <param name="RequestedData">One of the constants, or 0 for all.</param>
internal sealed record GetReaderConfig(ushort Antenna, byte RequestedData, ushort GpiPort, ushort GpoPort, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.GetReaderConfig)
{
    public const byte AntennaPropertiesOnly = 2;
    public const byte AntennaSettingsOnly = 3;

    public override void WriteBody(FieldWriter writer)
    {
        writer.U16(Antenna);
        writer.U8(RequestedData);
        writer.U16(GpiPort);
        writer.U16(GpoPort);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 13.</summary>
internal sealed record SetReaderConfig(bool ResetToFactoryDefault, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.SetReaderConfig)
{
    public override void WriteBody(FieldWriter writer)
    {
        writer.Flag(ResetToFactoryDefault);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 14.</summary>
/// <param name="Tags">May be empty; some readers send such reports.</param>
/// <param name="Others">Radio surveys and vendor extensions.</param>
internal sealed record RoAccessReport(ImmutableArray<TagReport> Tags, ImmutableArray<LlrpParameter> Others) : LlrpMessage(MessageType.RoAccessReport)
{
    public override void WriteBody(FieldWriter writer)
    {
        foreach (var tag in Tags)
            TagReportCodec.Write(writer, tag);
        WriteAll(writer, Others);
    }
}

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

/// <summary>A message that nobody here needs to understand.</summary>
internal sealed record RawMessage(MessageType Type, ReadOnlyMemory<byte> Body) : LlrpMessage(Type)
{
    public override void WriteBody(FieldWriter writer) => writer.Bytes(Body.Span);
}
