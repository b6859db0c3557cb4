using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>An order to the reader: when to look, through which antennas, and how to report (LLRP 1.1, chapter 11).</summary>
/// <param name="State">0 disabled, 1 inactive, 2 active; a new one is disabled.</param>
internal sealed record RoSpec(uint Id, byte Priority, byte State, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 177;

    public static RoSpec Read(ref FieldReader fields, int depth) =>
        new(fields.U32(), fields.U8(), fields.U8(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U32(Id);
        writer.U8(Priority);
        writer.U8(State);
        WriteAll(writer, Parameters);
    }
}

/// <summary>When the reader starts and stops looking (LLRP 1.1, chapter 11).</summary>
internal sealed record RoBoundarySpec(ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 178;

    public static RoBoundarySpec Read(ref FieldReader fields, int depth) => new(ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>LLRP 1.1, chapter 11.</summary>
internal sealed record RoSpecStartTrigger(byte Trigger, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 179;

    /// <summary>As soon as the ROSpec is enabled.</summary>
    public const byte Immediate = 1;

    public static RoSpecStartTrigger Read(ref FieldReader fields, int depth) => new(fields.U8(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Trigger);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 11.</summary>
internal sealed record RoSpecStopTrigger(byte Trigger, uint DurationMs, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 182;

    /// <summary>Goes on until told otherwise.</summary>
    public const byte Null = 0;

    public static RoSpecStopTrigger Read(ref FieldReader fields, int depth) =>
        new(fields.U8(), fields.U32(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Trigger);
        writer.U32(DurationMs);
        WriteAll(writer, Parameters);
    }
}
