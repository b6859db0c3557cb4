using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Tests.Llrp.Protocol;

public class FrameBufferTests
{
    private static readonly byte[] KeepAlive = Convert.FromHexString("043E0000000A00000007");

    [Fact]
    public void Frames_that_arrive_byte_by_byte_come_out_whole()
    {
        var buffer = new FrameBuffer();
        List<uint> ids = [];
        foreach (var octet in KeepAlive.Concat(KeepAlive))
        {
            buffer.Free().Span[0] = octet;
            buffer.Filled(1);
            while (buffer.TryTake(out var frame))
                ids.Add(frame.Id);
        }

        Assert.Equal([7u, 7u], ids);
    }

    [Fact]
    public void Frames_that_arrive_together_come_out_one_by_one()
    {
        var buffer = Filled([.. KeepAlive, .. KeepAlive, .. KeepAlive[..4]]);

        Assert.True(buffer.TryTake(out var first));
        Assert.Equal((LlrpVersion.V101, MessageType.KeepAlive, 7u, 0), (first.Version, first.Type, first.Id, first.Body.Length));
        Assert.True(buffer.TryTake(out _));
        Assert.False(buffer.TryTake(out _));
    }

    [Fact]
    public void A_frame_as_long_as_allowed_is_taken()
    {
        var buffer = new FrameBuffer();
        byte[] bytes = [0x08, 62, 0x00, 0x10, 0x00, 0x00, 0, 0, 0, 1, .. new byte[LlrpFrame.LongestBytes - LlrpFrame.HeaderBytes]];
        LlrpFrame frame;
        for (var sent = 0; !buffer.TryTake(out frame);)
        {
            var free = buffer.Free();
            var count = Math.Min(Math.Min(free.Length, 1000), bytes.Length - sent);
            bytes.AsSpan(sent, count).CopyTo(free.Span);
            buffer.Filled(count);
            sent += count;
        }

        Assert.Equal((LlrpVersion.V11, LlrpFrame.LongestBytes - LlrpFrame.HeaderBytes), (frame.Version, frame.Body.Length));
    }

    [Theory]
    [InlineData("043E0010000100000007", "An LLRP frame has 10 to 1048576 bytes, but one of 1048577 bytes was announced.")]
    [InlineData("043EFFFFFFFF00000007", "An LLRP frame has 10 to 1048576 bytes, but one of 4294967295 bytes was announced.")]
    [InlineData("043E0000000900000007", "An LLRP frame has 10 to 1048576 bytes, but one of 9 bytes was announced.")]
    [InlineData("0C3E0000000A00000007", "An LLRP frame of version 1 or 2 was expected, but these bytes came: 0C3E0000000A00000007.")]
    public void An_impossible_header_is_refused_with_a_sentence(string header, string sentence)
    {
        var fault = Assert.Throws<LlrpFormatException>(() => Filled(Convert.FromHexString(header)).TryTake(out _));

        Assert.Equal(sentence, fault.Message);
    }

    private static FrameBuffer Filled(byte[] bytes)
    {
        var buffer = new FrameBuffer();
        bytes.CopyTo(buffer.Free());
        buffer.Filled(bytes.Length);
        return buffer;
    }
}
