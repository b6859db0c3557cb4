using System.Collections.Immutable;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Turns frames into messages and messages into frames.</summary>
internal static class MessageCodec
{
    public static void Encode(FieldWriter writer, LlrpVersion version, uint id, LlrpMessage message)
    {
        var start = writer.BeginMessage(version, (ushort)message.Type, id);
        message.WriteBody(writer);
        writer.EndMessage(start);
    }

    /// <exception cref="LlrpFormatException">The body does not follow the specification.</exception>
    public static LlrpMessage Decode(LlrpFrame frame)
    {
        var body = new FieldReader(frame.Body.Span, (ushort)frame.Type);
        var message = DecodeBody(frame.Type, ref body);
        return body.AtEnd
            ? message
            : throw new LlrpFormatException($"LLRP message {(int)frame.Type} has {body.Rest.Length} bytes more than its fields take.");
    }

    private static LlrpMessage DecodeBody(MessageType type, ref FieldReader body)
    {
        switch (type)
        {
            case MessageType.GetReaderCapabilities:
                return new GetReaderCapabilities(body.U8(), ParameterReader.ReadAll(ref body));
            case MessageType.GetReaderConfig:
                return new GetReaderConfig(body.U16(), body.U8(), body.U16(), body.U16(), ParameterReader.ReadAll(ref body));
            case MessageType.SetReaderConfig:
                return new SetReaderConfig(body.Flag(), ParameterReader.ReadAll(ref body));
            case MessageType.DeleteRoSpec or MessageType.StartRoSpec or MessageType.StopRoSpec
                or MessageType.EnableRoSpec or MessageType.DisableRoSpec or MessageType.DeleteAccessSpec or MessageType.EnableAccessSpec:
                return new SpecCommand(type, body.U32());
            case MessageType.SetProtocolVersion:
                return new SetProtocolVersion((LlrpVersion)body.U8());
            case MessageType.GetSupportedVersionResponse:
                return new SupportedVersion((LlrpVersion)body.U8(), (LlrpVersion)body.U8(), ParameterReader.ReadAll(ref body));
            case MessageType.RoAccessReport:
                return DecodeReport(ref body);
            case MessageType.Custom:
                return new CustomMessage(body.U32(), body.U8(), body.TakeRest().ToArray());
            case var known when Enum.IsDefined(known):
                return new PlainMessage(type, ParameterReader.ReadAll(ref body));
            default:
                return new RawMessage(type, body.TakeRest().ToArray());
        }
    }

    private static RoAccessReport DecodeReport(ref FieldReader body)
    {
        var tags = ImmutableArray.CreateBuilder<TagReport>();
        while (TagReportCodec.TryReadNext(ref body, keepOthers: true, out var tag))
            tags.Add(tag);
        return new RoAccessReport(tags.DrainToImmutable(), ParameterReader.ReadAll(ref body));
    }
}
