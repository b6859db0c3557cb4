using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>A message, taken apart. Most differ only in their type and parameters; the others have records of their own.</summary>
internal abstract record LlrpMessage(MessageType Type)
{
    public abstract void WriteBody(FieldWriter writer);

    protected static void WriteAll(FieldWriter writer, ImmutableArray<LlrpParameter> parameters)
    {
        foreach (var parameter in parameters)
            parameter.Write(writer);
    }
}

/// <summary>A message that consists of parameters, or of nothing.</summary>
internal sealed record PlainMessage(MessageType Type, ImmutableArray<LlrpParameter> Parameters) : LlrpMessage(Type)
{
    public PlainMessage(MessageType type)
        : this(type, [])
    {
    }

    public override void WriteBody(FieldWriter writer) => WriteAll(writer, Parameters);
}

/// <summary>A message that nobody here needs to understand.</summary>
internal sealed record RawMessage(MessageType Type, ReadOnlyMemory<byte> Body) : LlrpMessage(Type)
{
    public override void WriteBody(FieldWriter writer) => writer.Bytes(Body.Span);
}
