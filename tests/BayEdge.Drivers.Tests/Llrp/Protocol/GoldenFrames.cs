using BayEdge.Drivers.Llrp.Protocol;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.Llrp.Protocol;

/// <summary>Frames written by another implementation (LTK Java), each with its XML beside it.</summary>
internal static class GoldenFrames
{
    public static readonly string[] Names =
    [
        "ADD_ACCESSSPEC", "ADD_ROSPEC", "ADD_ROSPEC2", "CUSTOM_MESSAGE1", "CUSTOM_MESSAGE2", "ENABLE_ROSPEC", "GET_READER_CAPABILITIES",
        "GET_READER_CONFIG", "READER_EVENT_NOTIFICATION", "READER_EVENT_NOTIFICATION2", "RO_ACCESS_REPORT", "SET_READER_CONFIG", "START_ROSPEC",
    ];

    public static byte[] Bytes(string name) => File.ReadAllBytes(SharedData.Require("llrp", $"{name}.bin"));

    public static string XmlPath(string name) => SharedData.Require("llrp", $"{name}.xml");

    /// <summary>Cuts bytes that are exactly one frame.</summary>
    public static LlrpFrame Frame(byte[] bytes)
    {
        var buffer = new FrameBuffer();
        bytes.CopyTo(buffer.Free());
        buffer.Filled(bytes.Length);
        Assert.True(buffer.TryTake(out var frame));
        return frame;
    }

    public static byte[] Encode(LlrpFrame frame, LlrpMessage message)
    {
        var writer = new FieldWriter();
        MessageCodec.Encode(writer, frame.Version, frame.Id, message);
        return writer.Written.ToArray();
    }
}
