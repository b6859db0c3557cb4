using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>The reader's answer to a request (LLRP 1.1, chapter 15).</summary>
internal sealed record LlrpStatus(ushort Code, string Description, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 287;

    public static LlrpStatus Read(ref FieldReader fields, int depth) =>
        new(fields.U16(), fields.Utf8(), ParameterReader.ReadAll(ref fields, depth));

    /// <summary>Whether an answer says that all went well.</summary>
    public static bool IsSuccess(ImmutableArray<LlrpParameter> answer) => answer.Find<LlrpStatus>() is { Code: StatusCode.Success };

    /// <summary>Such as <c>M_ParameterError (100) "ROSpec is missing"</c>.</summary>
    public override string ToString()
    {
        var text = $"{StatusCode.NameOf(Code)} ({Code})";
        return Description.Length > 0 ? $"{text} \"{Description}\"" : text;
    }

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Code);
        writer.Utf8(Description);
        WriteAll(writer, Parameters);
    }
}

/// <summary>LLRP 1.1, chapter 15.</summary>
/// <param name="Field">Which field of the message or parameter, from 0.</param>
internal sealed record FieldError(ushort Field, ushort Code) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 288;

    public static FieldError Read(ref FieldReader fields) => new(fields.U16(), fields.U16());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Field);
        writer.U16(Code);
    }
}

/// <summary>LLRP 1.1, chapter 15.</summary>
internal sealed record ParameterError(ushort Parameter, ushort Code, ImmutableArray<LlrpParameter> Parameters) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 289;

    public static ParameterError Read(ref FieldReader fields, int depth) =>
        new(fields.U16(), fields.U16(), ParameterReader.ReadAll(ref fields, depth));

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U16(Parameter);
        writer.U16(Code);
        WriteAll(writer, Parameters);
    }
}
