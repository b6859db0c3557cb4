using System.Globalization;
using System.Xml.Linq;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Tests.Llrp.Protocol;

public class GoldenFrameTests
{
    public static TheoryData<string> All => [.. GoldenFrames.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_frame_of_another_implementation_survives_decoding_and_encoding(string name)
    {
        var bytes = GoldenFrames.Bytes(name);
        var frame = GoldenFrames.Frame(bytes);

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(GoldenFrames.Encode(frame, MessageCodec.Decode(frame))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_field_is_what_the_other_implementation_says(string name)
    {
        var frame = GoldenFrames.Frame(GoldenFrames.Bytes(name));
        var expected = XDocument.Load(GoldenFrames.XmlPath(name)).Root!;

        Assert.Equal((string?)expected.Attribute("MessageID"), $"{frame.Id}");
        Assert.Equal((string?)expected.Attribute("Version"), $"{(int)frame.Version}");
        Assert.Equal(Plain(expected).ToString(), Plain(LtkXml.Of(MessageCodec.Decode(frame))).ToString());
    }

    [Fact]
    public void A_message_that_is_not_understood_keeps_its_bytes()
    {
        // GET_REPORT, which only readers get, with a body that it has not.
        var bytes = Convert.FromHexString("043C0000000E00000005" + "01020304");

        var message = Assert.IsType<RawMessage>(MessageCodec.Decode(GoldenFrames.Frame(bytes)));

        Assert.Equal(bytes[LlrpFrame.HeaderBytes..], message.Body.ToArray());
    }

    /// <summary>Without namespaces; times as numbers, hex in capitals, since the tool kit writes both in more than one way.</summary>
    private static XElement Plain(XElement element)
    {
        if (element.HasElements)
            return new XElement(element.Name.LocalName, element.Elements().Select(Plain));

        var text = element.Value;
        if (element.Name.LocalName == "Microseconds" && text.Contains('T', StringComparison.Ordinal))
        {
            var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
            text = $"{(time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}";
        }

        return new XElement(element.Name.LocalName, element.Name.LocalName == "Data" ? text.ToUpperInvariant() : text);
    }
}
