using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Which antennas take part in an inventory (LLRP 1.1, chapter 11).</summary>
/// <param name="Antennas">From 1; a single 0 means all.</param>
internal sealed record AiSpec(ImmutableArray<ushort> Antennas, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 183;

    public static AiSpec Read(ref FieldReader fields, int depth)
    {
        var list = new FieldReader(fields.Take(fields.U16() * sizeof(ushort)), TypeNumber);
        var antennas = ImmutableArray.CreateBuilder<ushort>();
        while (!list.AtEnd)
            antennas.Add(list.U16());
        return new AiSpec(antennas.DrainToImmutable(), ParameterReader.ReadAll(ref fields, depth));
    }

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Antennas.Length);
        foreach (var antenna in Antennas)
            writer.U16(antenna);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 11.</summary>
internal sealed record AiSpecStopTrigger(byte Trigger, uint DurationMs, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 184;

    /// <summary>Goes on as long as its ROSpec.</summary>
    public const byte Null = 0;

    public static AiSpecStopTrigger Read(ref FieldReader fields, int depth) =>
        new(fields.U8(), fields.U32(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Trigger);
        writer.U32(DurationMs);
        WriteAll(writer, Parameters);
    }
}

/// <summary>How to take an inventory (LLRP 1.1, chapter 11).</summary>
internal sealed record InventoryParameterSpec(ushort Id, byte AirProtocol, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 186;

    /// <summary>EPCglobal Class 1 Generation 2, ISO 18000-63.</summary>
    public const byte Gen2 = 1;

    public static InventoryParameterSpec Read(ref FieldReader fields, int depth) =>
        new(fields.U16(), fields.U8(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Id);
        writer.U8(AirProtocol);
        WriteAll(writer, Parameters);
    }
}
