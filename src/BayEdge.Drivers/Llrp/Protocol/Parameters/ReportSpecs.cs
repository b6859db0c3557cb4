using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>When tag reports are sent (LLRP 1.1, chapter 14).</summary>
/// <param name="N">How many tags trigger a report; 0 for no limit.</param>
internal sealed record RoReportSpec(byte Trigger, ushort N, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 237;

    /// <summary>After <see cref="N"/> tags or at the end of the AISpec.</summary>
    public const byte UponTagsOrEndOfAiSpec = 1;

    public static RoReportSpec Read(ref FieldReader fields, int depth) =>
        new(fields.U8(), fields.U16(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Trigger);
        writer.U16(N);
        WriteAll(writer, Parameters);
    }
}

/// <summary>What a tag report says (LLRP 1.1, chapter 14).</summary>
internal sealed record TagReportContentSelector(TagReportContent Content, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 238;

    public static TagReportContentSelector Read(ref FieldReader fields, int depth) =>
        new((TagReportContent)fields.U16(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16((int)Content);
        WriteAll(writer, Parameters);
    }
}

/// <summary>The flags of the selector, from the highest bit of sixteen.</summary>
[Flags]
internal enum TagReportContent
{
    None = 0,
    RoSpecId = 1 << 15,
    SpecIndex = 1 << 14,
    InventoryParameterSpecId = 1 << 13,
    AntennaId = 1 << 12,
    ChannelIndex = 1 << 11,
    PeakRssi = 1 << 10,
    FirstSeen = 1 << 9,
    LastSeen = 1 << 8,
    TagSeenCount = 1 << 7,
    AccessSpecId = 1 << 6,
}

/// <summary>When results of access commands are sent (LLRP 1.1, chapter 14).</summary>
internal sealed record AccessReportSpec(byte Trigger) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 239;

    /// <summary>The results come in the reports of the inventory.</summary>
    public const byte WithTags = 0;

    public static AccessReportSpec Read(ref FieldReader fields) => new(fields.U8());

    protected override void WriteFields(FieldWriter writer) => writer.U8(Trigger);
}
