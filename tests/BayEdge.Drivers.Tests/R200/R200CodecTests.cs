using BayEdge.Core.Drivers;
using BayEdge.Drivers.R200;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Tests.R200;

/// <summary>Against frames that others published: the makers' protocol documents and records of real modules.</summary>
public class R200CodecTests
{
    [Theory]
    [InlineData("BB 00 22 00 00 22 7E", 0x22, "")]
    [InlineData("BB 00 27 00 03 22 27 10 83 7E", 0x27, "222710")]
    [InlineData("BB 00 27 00 03 22 FF FF 4A 7E", 0x27, "22FFFF")]
    [InlineData("BB 00 28 00 00 28 7E", 0x28, "")]
    [InlineData("BB 00 03 00 01 00 04 7E", 0x03, "00")]
    [InlineData("BB 00 07 00 01 01 09 7E", 0x07, "01")]
    [InlineData("BB 00 08 00 00 08 7E", 0x08, "")]
    [InlineData("BB 00 0C 00 13 01 00 00 00 20 60 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 AD 7E", 0x0C, "0100000020600030751FEB705C5904E3D50D70")]
    [InlineData("BB 00 39 00 09 00 00 FF FF 03 00 00 00 02 45 7E", 0x39, "0000FFFF0300000002")]
    [InlineData("BB 00 0D 00 00 0D 7E", 0x0D, "")]
    [InlineData("BB 00 0E 00 02 10 20 40 7E", 0x0E, "1020")]
    [InlineData("BB 00 12 00 01 01 14 7E", 0x12, "01")]
    [InlineData("BB 00 B6 00 02 07 D0 8F 7E", 0xB6, "07D0")]
    [InlineData("BB 00 B6 00 02 05 DC 99 7E", 0xB6, "05DC")]
    [InlineData("BB 00 B7 00 00 B7 7E", 0xB7, "")]
    public void A_command_is_written_as_published(string published, byte command, string parameters) =>
        Assert.Equal(Bytes(published), R200Codec.Encode(R200Framing.BB7E, command, Convert.FromHexString(parameters)));

    [Fact]
    public void A_tag_is_chosen_and_read_with_the_published_parameters()
    {
        Assert.Equal("0100000020600030751FEB705C5904E3D50D70", Convert.ToHexString(R200Memory.SelectOf("30751FEB705C5904E3D50D70")));
        Assert.Equal("000000000300000002", Convert.ToHexString(R200Memory.ReadOf(TagMemoryBank.User, firstWord: 0, words: 2)));
    }

    [Fact]
    public void The_other_framing_has_the_same_content() => Assert.Equal(
        Bytes("AA 00 27 00 03 22 27 10 83 DD"), R200Codec.Encode(R200Framing.AADD, R200Command.MultiPoll, [0x22, 0x27, 0x10]));

    [Theory]
    [InlineData("BB 01 03 00 0B 00 4D 31 30 30 20 56 31 2E 30 30 22 7E", 0x03, "004D3130302056312E3030")]
    [InlineData("BB 01 03 00 10 00 4D 31 30 30 20 32 36 64 42 6D 20 56 31 2E 30 92 7E", 0x03, "004D31303020323664426D2056312E30")]
    [InlineData("BB 01 08 00 01 01 0B 7E", 0x08, "01")]
    [InlineData("BB 01 28 00 01 00 2A 7E", 0x28, "00")]
    [InlineData("BB 01 B7 00 02 0A 28 EC 7E", 0xB7, "0A28")]
    [InlineData("BB 01 F3 00 16 00 13 BA BA BA BA BA BA BA BA BA BA BA BA BA BA BA BA BA BA BA BA A5 7E", 0xF3, "0013BABABABABABABABABABABABABABABABABABABABA")]
    public void A_published_answer_is_understood(string published, byte command, string parameters)
    {
        var frame = Assert.Single(Frames(R200Framing.BB7E, Bytes(published)));

        Assert.Equal((R200FrameType.Response, command), (frame.Type, frame.Command));
        Assert.Equal(parameters, Convert.ToHexString(frame.Parameters.Span));
        Assert.Null(frame.Failure);
    }

    [Fact]
    public void No_tag_is_a_failure_of_its_own()
    {
        var frame = Assert.Single(Frames(R200Framing.BB7E, Bytes("BB 01 FF 00 01 15 16 7E")));

        Assert.Equal(R200Failure.NoTag, frame.Failure);
    }

    [Theory]
    [InlineData("AADD", "AA 02 22 00 11 C9 34 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76 EF DD", "30751FEB705C5904E3D50D70", -55)]
    [InlineData("BB7E", "BB 02 22 00 11 C9 34 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76 EF 7E", "30751FEB705C5904E3D50D70", -55)]
    [InlineData("BB7E", "BB 02 22 00 11 D6 34 00 E2 80 11 70 40 00 02 1D 35 AE 40 08 D4 44 C4 7E", "E28011704000021D35AE4008", -42)]
    public void A_published_tag_is_read(string framing, string published, string epc, int rssiDbm)
    {
        var frame = Assert.Single(Frames(framing == "AADD" ? R200Framing.AADD : R200Framing.BB7E, Bytes(published)));

        Assert.Equal(R200FrameType.Notification, frame.Type);
        Assert.True(R200Tag.TryRead(frame.Parameters.Span, out var tag));
        Assert.Equal(new R200Tag(epc, rssiDbm), tag);
    }

    [Theory]
    [InlineData("C9340030751FEB705C5904E3D50D703A77")]
    [InlineData("C9340030751FEB705C5904E3D50D713A76")]
    [InlineData("C93C0030751FEB705C5904E3D50D703A76")]
    [InlineData("C9340030751FEB705C5904")]
    [InlineData("C934")]
    [InlineData("")]
    public void A_damaged_tag_is_none(string parameters) => Assert.False(R200Tag.TryRead(Convert.FromHexString(parameters), out _));

    [Theory]
    [InlineData("BB 01 08 00 01 01 00 7E")]
    [InlineData("BB 01 08 00 01 01 0B 00")]
    [InlineData("BB 00 08 00 00 08 7E")]
    [InlineData("AA 01 08 00 01 01 0B DD")]
    [InlineData("BB 01 08 00 81 01 0B 7E")]
    public void What_is_no_frame_is_skipped_and_counted(string bytes)
    {
        var buffer = new FrameBuffer(R200Codec.LongestFrame, R200Codec.Matching(R200Framing.BB7E));
        buffer.Append(Bytes(bytes));

        Assert.False(buffer.TryTake(out _, atRest: true));
        Assert.Equal(Bytes(bytes).Length, buffer.SkippedBytes);
    }

    private static byte[] Bytes(string spaced) => Convert.FromHexString(spaced.Replace(" ", "", StringComparison.Ordinal));

    private static IEnumerable<R200Frame> Frames(R200Framing framing, byte[] bytes)
    {
        var buffer = new FrameBuffer(R200Codec.LongestFrame, R200Codec.Matching(framing));
        buffer.Append(bytes);
        while (buffer.TryTake(out var frame))
            yield return R200Codec.Decode(frame);
    }
}
