using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>LLRP 1.1, chapter 14.</summary>
/// <param name="Tags">May be empty; some readers send such reports.</param>
/// <param name="Others">Radio surveys and vendor extensions.</param>
internal sealed record RoAccessReport(ImmutableArray<TagReport> Tags, ImmutableArray<LlrpParameter> Others) : LlrpMessage(MessageType.RoAccessReport)
{
    public override void WriteBody(FieldWriter writer)
    {
        foreach (var tag in Tags)
            TagReportCodec.Write(writer, tag);
        WriteAll(writer, Others);
    }
}
