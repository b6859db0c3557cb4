using System.Collections.Immutable;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Which Gen2 tags are meant: C1G2TagSpec (LLRP 1.1, chapter 16).</summary>
internal sealed record Gen2TagSpec(ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 338;

    public static Gen2TagSpec Read(ref FieldReader fields, int depth) => new(ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>Those whose memory holds certain bits: C1G2TargetTag (LLRP 1.1, chapter 16).</summary>
/// <param name="Match">False for those whose memory does not.</param>
/// <param name="FirstBit">Where in the bank the comparison begins.</param>
/// <param name="Mask">The bits that count are ones.</param>
internal sealed record Gen2TargetTag(TagMemoryBank Bank, bool Match, ushort FirstBit, BitField Mask, BitField Data) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 339;

    public static Gen2TargetTag Read(ref FieldReader fields)
    {
        var head = fields.U8();
        return new((TagMemoryBank)(head >> 6), (head & 0x20) != 0, fields.U16(), BitField.Read(ref fields), BitField.Read(ref fields));
    }

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(((int)Bank << 6) | (Match ? 0x20 : 0));
        writer.U16(FirstBit);
        Mask.Write(writer);
        Data.Write(writer);
    }
}

/// <summary>Bits with their number before them.</summary>
internal readonly record struct BitField(ushort Bits, ReadOnlyMemory<byte> Bytes)
{
    public static BitField Of(byte[] bytes) => new(checked((ushort)(8 * bytes.Length)), bytes);

    public static BitField Read(ref FieldReader fields)
    {
        var bits = fields.U16();
        return new(bits, fields.Take((bits + 7) / 8).ToArray());
    }

    public void Write(FieldWriter writer)
    {
        writer.U16(Bits);
        writer.Bytes(Bytes.Span);
    }
}

/// <summary>Reads a tag's memory: C1G2Read (LLRP 1.1, chapter 16).</summary>
/// <param name="Id">Comes back with the result.</param>
/// <param name="Password">0 where the tag wants none.</param>
internal sealed record Gen2Read(ushort Id, uint Password, TagMemoryBank Bank, ushort FirstWord, ushort Words) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 341;

    public static Gen2Read Read(ref FieldReader fields) =>
        new(fields.U16(), fields.U32(), (TagMemoryBank)(fields.U8() >> 6), fields.U16(), fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Id);
        writer.U32(Password);
        writer.U8((int)Bank << 6);
        writer.U16(FirstWord);
        writer.U16(Words);
    }
}

/// <summary>Writes a tag's memory: C1G2Write (LLRP 1.1, chapter 16). Only understood; nobody here sends it.</summary>
internal sealed record Gen2Write(ushort Id, uint Password, TagMemoryBank Bank, ushort FirstWord, ReadOnlyMemory<byte> Data) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 342;

    public static Gen2Write Read(ref FieldReader fields) => new(
        fields.U16(), fields.U32(), (TagMemoryBank)(fields.U8() >> 6), fields.U16(), fields.Take(fields.U16() * sizeof(ushort)).ToArray());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Id);
        writer.U32(Password);
        writer.U8((int)Bank << 6);
        writer.U16(FirstWord);
        writer.U16(Data.Length / sizeof(ushort));
        writer.Bytes(Data.Span);
    }
}

/// <summary>What a <see cref="Gen2Read"/> gave: C1G2ReadOpSpecResult (LLRP 1.1, chapter 16).</summary>
internal sealed record Gen2ReadResult(byte Result, ushort Id, ReadOnlyMemory<byte> Data) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 349;

    public const byte Success = 0;
    public const byte TagError = 1;
    public const byte NoResponse = 2;
    public const byte ReaderError = 3;
    public const byte MemoryOverrun = 4;
    public const byte MemoryLocked = 5;
    public const byte WrongPassword = 6;

    public static Gen2ReadResult Read(ref FieldReader fields) =>
        new(fields.U8(), fields.U16(), fields.Take(fields.U16() * sizeof(ushort)).ToArray());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U8(Result);
        writer.U16(Id);
        writer.U16(Data.Length / sizeof(ushort));
        writer.Bytes(Data.Span);
    }
}
