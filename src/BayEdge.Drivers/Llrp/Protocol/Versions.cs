using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Asks the reader to speak a version from now on (LLRP 1.1, section 17.1.3).</summary>
internal sealed record SetProtocolVersion(LlrpVersion Version) : LlrpMessage(MessageType.SetProtocolVersion)
{
    public override void WriteBody(FieldWriter writer) => writer.U8((int)Version);
}

/// <summary>Which versions the reader speaks (LLRP 1.1, section 17.1.2).</summary>
/// <param name="Current">On this connection.</param>
/// <param name="Newest">That it knows.</param>
internal sealed record SupportedVersion(LlrpVersion Current, LlrpVersion Newest, ImmutableArray<LlrpParameter> Parameters)
    : LlrpMessage(MessageType.GetSupportedVersionResponse)
{
    public override void WriteBody(FieldWriter writer)
    {
        writer.U8((int)Current);
        writer.U8((int)Newest);
        WriteAll(writer, Parameters);
    }
}
