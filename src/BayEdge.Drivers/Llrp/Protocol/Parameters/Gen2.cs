using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>How a Gen2 inventory is run: the specification's C1G2InventoryCommand (LLRP 1.1, chapter 16).</summary>
/// <param name="StateAware">Whether the client, not the reader, tracks the tags' inventoried flags.</param>
internal sealed record Gen2InventoryCommand(bool StateAware, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 330;

    public static Gen2InventoryCommand Read(ref FieldReader fields, int depth) => new(fields.Flag(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.Flag(StateAware);
        WriteAll(writer, Parameters);
    }
}

/// <summary>C1G2RFControl (LLRP 1.1, chapter 16).</summary>
/// <param name="ModeIndex">Into the table of the capabilities.</param>
/// <param name="TariNanoseconds">0 for the mode's own.</param>
internal sealed record Gen2RfControl(ushort ModeIndex, ushort TariNanoseconds) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 335;

    public static Gen2RfControl Read(ref FieldReader fields) => new(fields.U16(), fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(ModeIndex);
        writer.U16(TariNanoseconds);
    }
}

/// <summary>C1G2SingulationControl (LLRP 1.1, chapter 16).</summary>
/// <param name="Session">0 to 3: how long a tag keeps quiet after it was read.</param>
/// <param name="TagPopulation">How many tags are expected in the field.</param>
/// <param name="TransitTimeMs">How long a tag is expected to stay; 0 for unknown.</param>
internal sealed record Gen2SingulationControl(byte Session, ushort TagPopulation, uint TransitTimeMs, ImmutableArray<LlrpParameter> Parameters)
    : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 336;

    public static Gen2SingulationControl Read(ref FieldReader fields, int depth) =>
        new((byte)(fields.U8() >> 6), fields.U16(), fields.U32(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Session << 6);
        writer.U16(TagPopulation);
        writer.U32(TransitTimeMs);
        WriteAll(writer, Parameters);
    }
}
