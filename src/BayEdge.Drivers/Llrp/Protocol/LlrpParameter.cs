using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>A building block of messages and of other parameters.</summary>
/// <remarks>
/// Where a parameter holds others they stay in one list in the order of the wire, so that a decoded frame encodes to the
/// same bytes, vendor extensions included.
/// </remarks>
internal abstract record LlrpParameter(ushort Type)
{
    public virtual void Write(FieldWriter writer)
    {
        var start = writer.BeginParameter(Type);
        WriteFields(writer);
        writer.EndParameter(start);
    }

    protected abstract void WriteFields(FieldWriter writer);

    protected static void WriteAll(FieldWriter writer, ImmutableArray<LlrpParameter> parameters)
    {
        foreach (var parameter in parameters)
            parameter.Write(writer);
    }
}

/// <summary>A parameter that nobody here needs to understand.</summary>
internal sealed record RawParameter(ushort Type, ReadOnlyMemory<byte> Body) : LlrpParameter(Type)
{
    protected override void WriteFields(FieldWriter writer) => writer.Bytes(Body.Span);
}

/// <summary>A vendor's own parameter (LLRP 1.1, section 8.2).</summary>
/// <param name="Vendor">The vendor's IANA private enterprise number.</param>
internal sealed record CustomParameter(uint Vendor, uint Subtype, ReadOnlyMemory<byte> Data) : LlrpParameter(TypeNumber)
{
    public const ushort TypeNumber = 1023;

    public static CustomParameter Read(ref FieldReader fields) => new(fields.U32(), fields.U32(), fields.TakeRest().ToArray());

    protected override void WriteFields(FieldWriter writer)
    {
        writer.U32(Vendor);
        writer.U32(Subtype);
        writer.Bytes(Data.Span);
    }
}

internal static class ParameterList
{
    /// <summary>The first parameter of a kind, or null.</summary>
    public static T? Find<T>(this ImmutableArray<LlrpParameter> parameters)
        where T : LlrpParameter => parameters.OfType<T>().FirstOrDefault();
}
