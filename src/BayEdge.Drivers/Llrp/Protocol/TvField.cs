namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>The short parameters without a length field: one byte of type, then a value of known size (LLRP 1.1, chapter 17).</summary>
internal enum TvField : byte
{
    AntennaId = 1,
    FirstSeenUtc = 2,
    FirstSeenUptime = 3,
    LastSeenUtc = 4,
    LastSeenUptime = 5,
    PeakRssi = 6,
    ChannelIndex = 7,
    TagSeenCount = 8,
    RoSpecId = 9,
    InventoryParameterSpecId = 10,
    Crc = 11,
    Pc = 12,
    Epc96 = 13,
    SpecIndex = 14,
    ClientRequestOpSpecResult = 15,
    AccessSpecId = 16,
    OpSpecId = 17,
    SingulationDetails = 18,
    XpcWord1 = 19,
    XpcWord2 = 20,
}

internal static class TvFieldExtensions
{
    /// <summary>The first bit of a parameter tells the two encodings apart.</summary>
    public const int Marker = 0x80;

    private static ReadOnlySpan<byte> Sizes => [0, 2, 8, 8, 8, 8, 1, 2, 2, 4, 2, 2, 2, 12, 2, 2, 4, 2, 4, 2, 2];

    /// <summary>The size of the value in bytes.</summary>
    /// <exception cref="LlrpFormatException">The type is not known, so nobody can tell where the next parameter starts.</exception>
    public static int ValueBytes(this TvField field) =>
        (int)field < Sizes.Length && Sizes[(int)field] is var size and > 0
            ? size
            : throw new LlrpFormatException($"A parameter of type {(int)field} came, which LLRP 1.0.1 and 1.1 do not define; what follows it cannot be read.");
}

/// <summary>A <see cref="TvField"/> outside a tag report, such as the antenna that an event names.</summary>
internal sealed record TvParameter(TvField Field, ReadOnlyMemory<byte> Value) : LlrpParameter((ushort)Field)
{
    public override void Write(FieldWriter writer)
    {
        writer.U8(TvFieldExtensions.Marker | (int)Field);
        WriteFields(writer);
    }

    protected override void WriteFields(FieldWriter writer) => writer.Bytes(Value.Span);
}
