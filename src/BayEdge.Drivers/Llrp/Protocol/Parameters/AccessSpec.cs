using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>What to do with the tags that an inventory finds, besides naming them (LLRP 1.1, chapter 12).</summary>
/// <param name="Antenna">0 for all.</param>
/// <param name="RoSpecId">The inventory; 0 for any.</param>
internal sealed record AccessSpec(
    uint Id, ushort Antenna, byte AirProtocol, bool Active, uint RoSpecId, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 207;

    public static AccessSpec Read(ref FieldReader fields, int depth) =>
        new(fields.U32(), fields.U16(), fields.U8(), fields.Flag(), fields.U32(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U32(Id);
        writer.U16(Antenna);
        writer.U8(AirProtocol);
        writer.Flag(Active);
        writer.U32(RoSpecId);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 12.</summary>
internal sealed record AccessSpecStopTrigger(byte Trigger, ushort Operations) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 208;

    /// <summary>Holds until it is deleted.</summary>
    public const byte Null = 0;

    public static AccessSpecStopTrigger Read(ref FieldReader fields) => new(fields.U8(), fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Trigger);
        writer.U16(Operations);
    }
}

/// <summary>Which tags, and what to do with them in turn (LLRP 1.1, chapter 12).</summary>
internal sealed record AccessCommand(ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 209;

    public static AccessCommand Read(ref FieldReader fields, int depth) => new(ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer) => WriteAll(writer, Parameters);
}
