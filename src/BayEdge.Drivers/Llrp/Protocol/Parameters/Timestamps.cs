namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>The reader's calendar clock (LLRP 1.1, chapter 7).</summary>
/// <param name="Microseconds">Since 1970-01-01 UTC.</param>
internal sealed record UtcTimestamp(ulong Microseconds) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 128;

    public static UtcTimestamp Read(ref FieldReader fields) => new(fields.U64());

    protected override void WriteFields(FieldWriter writer) => writer.U64(Microseconds);
}

/// <summary>The clock of a reader without a calendar (LLRP 1.1, chapter 7).</summary>
/// <param name="Microseconds">Since the reader started.</param>
internal sealed record Uptime(ulong Microseconds) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 129;

    public static Uptime Read(ref FieldReader fields) => new(fields.U64());

    protected override void WriteFields(FieldWriter writer) => writer.U64(Microseconds);
}
