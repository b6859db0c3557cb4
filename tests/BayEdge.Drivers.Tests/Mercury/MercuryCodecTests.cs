using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Tests.Mercury;

/// <summary>Against frames of real modules and of the maker's own program that others published.</summary>
public class MercuryCodecTests
{
    private const string PublishedTag = "FF2822000010001B01FF0101C4110E16400000012700000500000F00803000000000000000000000001545E94A561D";

    [Theory]
    [InlineData("FF00031D0C", 0x03, "")]
    [InlineData("FF00671D68", 0x67, "")]
    [InlineData("FF016201BEBC", 0x62, "01")]
    [InlineData("FF0A2403E8000000000003" + "00EE589D", 0x24, "03E800000000000300EE")]
    [InlineData("FF152F0000012200000" + "50C228810051B03E800C800570100C9DA", 0x2F, "00000122000005" + "0C228810051B03E800C800570100")]
    [InlineData("FF232F000001220000051A228814051B03E800FA00570100000000000000002010E20004000046C5", 0x2F, "000001220000051A228814051B03E800FA00570100000000000000002010E200040000")]
    public void A_command_is_written_as_published(string published, byte command, string data) =>
        Assert.Equal(published, Convert.ToHexString(MercuryCodec.Encode(command, Convert.FromHexString(data))));

    [Fact]
    public void A_published_answer_is_understood()
    {
        var frame = Assert.Single(Frames(Convert.FromHexString("FF0167000001B480")));

        Assert.Equal((0x67, MercuryStatus.Success, "01"), (frame.Command, frame.Status, Convert.ToHexString(frame.Data.Span)));
    }

    [Fact]
    public void A_published_tag_is_read()
    {
        var frame = Assert.Single(Frames(Convert.FromHexString(PublishedTag)));

        Assert.Equal((MercuryCommand.TagReport, MercuryStatus.Success), (frame.Command, frame.Status));
        Assert.True(MercuryTag.TryRead(frame.Data.Span, out var tag));
        Assert.Equal(new MercuryTag("000000000000000000001545", 1, -60, 1, TimeSpan.FromMilliseconds(0x127)), tag);
    }

    [Theory]
    // Read count, strength, antenna and time only, as the maker's own program asks for.
    [InlineData("10051B0057012BC61100000009050080" + "3400E2004704576064" + "26E301010EC4BB", "E2004704576064" + "26E301010E", 43, -58, 1, 9)]
    // The second of two ports; nothing but the antenna.
    [InlineData("10001B00040122" + "0040" + "1000AABBCCDD1234", "AABBCCDD", 1, null, 2, null)]
    // The sixteenth port wraps round to 0.
    [InlineData("10001B0004010000400" + "000AABBCCDD1234", "AABBCCDD", 1, null, 16, null)]
    // Twelve bits of memory before the identity.
    [InlineData("10001B0080" + "01000CBEEF0030" + "0800ABCD1234", "ABCD", 1, null, null, null)]
    // One extended control word, then two of them.
    [InlineData("10001B0000" + "010040" + "0A000001ABCD1234", "ABCD", 1, null, null, null)]
    [InlineData("10001B0000" + "010050" + "0A0080010000ABCD1234", "ABCD", 1, null, null, null)]
    // A tag without an identity.
    [InlineData("10001B0000010020" + "00001234", "", 1, null, null, null)]
    // Another protocol than Gen2 has none of the Gen2 fields, though the flags announce them.
    [InlineData("10001B0E40" + "0103" + "00300000ABCD1234", "ABCD", 1, null, null, null)]
    public void The_fields_that_the_flags_announce_are_read_and_no_others(string data, string epc, int count, int? rssi, int? antenna, int? milliseconds)
    {
        Assert.True(MercuryTag.TryRead(Convert.FromHexString(data), out var tag));
        Assert.Equal((epc, count, rssi, antenna), (tag.Epc, tag.Count, tag.RssiDbm, tag.Antenna));
        Assert.Equal(milliseconds, (int?)tag.InCycle?.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10001B01FF")]
    [InlineData("00001B000001" + "003008001234ABCD")]
    // A report on the module's own state.
    [InlineData("10001B000002" + "00300800ABCD1234")]
    // More, or less, than the identity announced.
    [InlineData("10001B000001" + "00300800ABCD123400")]
    [InlineData("10001B000001" + "00300800ABCD12")]
    [InlineData("10001B000001" + "00100800")]
    // Memory that is not there, and a field that nobody knows.
    [InlineData("10001B00800100FF" + "00")]
    [InlineData("10001B200001" + "00300800ABCD1234")]
    public void What_is_no_tag_is_refused(string data) => Assert.False(MercuryTag.TryRead(Convert.FromHexString(data), out _));

    [Theory]
    [InlineData("FF0167000001B481")]
    [InlineData("FE0167000001B480")]
    [InlineData("FFF967000001B480")]
    public void What_is_no_frame_is_skipped_and_counted(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var buffer = new FrameBuffer(MercuryCodec.LongestFrame, MercuryCodec.Match);
        buffer.Append(bytes);

        Assert.False(buffer.TryTake(out _, atRest: true));
        Assert.Equal(bytes.Length, buffer.SkippedBytes);
    }

    private static IEnumerable<MercuryFrame> Frames(byte[] bytes)
    {
        var buffer = new FrameBuffer(MercuryCodec.LongestFrame, MercuryCodec.Match);
        buffer.Append(bytes);
        while (buffer.TryTake(out var frame))
            yield return MercuryCodec.Decode(frame);
    }
}
