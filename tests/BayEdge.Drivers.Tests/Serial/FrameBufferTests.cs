using BayEdge.Drivers.R200;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Tests.Serial;

public class FrameBufferTests
{
    private static readonly byte[] Region = Convert.FromHexString("BB01080001010B7E");
    private static readonly byte[] Power = Convert.FromHexString("BB01B700020A28EC7E");

    private readonly FrameBuffer _buffer = new(R200Codec.LongestFrame, R200Codec.Matching(R200Framing.BB7E));

    [Fact]
    public void Frames_arrive_whole_however_the_line_cut_them()
    {
        List<string> frames = [];
        foreach (var value in (byte[])[.. Region, .. Power, .. Region])
        {
            _buffer.Append([value]);
            Drain(frames);
        }

        Assert.Equal([Hex(Region), Hex(Power), Hex(Region)], frames);
        Assert.Equal(0, _buffer.SkippedBytes);
    }

    [Fact]
    public void A_frame_is_found_behind_noise()
    {
        List<string> frames = [];
        _buffer.Append([0x00, 0xBB, 0xBB, 0x01, .. Region, 0x7E, .. Power]);

        Drain(frames);

        Assert.Equal([Hex(Region), Hex(Power)], frames);
        Assert.Equal(5, _buffer.SkippedBytes);
    }

    [Fact]
    public void A_frame_inside_the_announced_length_of_a_broken_one_is_found_once_the_line_is_quiet()
    {
        _buffer.Append([0xBB, 0x02, 0x22, 0x00, 0x40, .. Region]);

        Assert.False(_buffer.TryTake(out _));
        Assert.True(_buffer.TryTake(out var frame, atRest: true));
        Assert.Equal(Hex(Region), Hex(frame.Span));
    }

    [Fact]
    public void A_flood_of_noise_neither_fills_the_buffer_nor_hides_what_follows()
    {
        List<string> frames = [];
        var noise = new byte[FrameBuffer.MostBytesAtOnce];
        for (var round = 0; round < 100; round++)
        {
            Array.Fill(noise, (byte)(round % 2 == 0 ? 0xBB : round));
            _buffer.Append(noise);
            Drain(frames);
        }

        _buffer.Append(Region);
        Drain(frames);

        Assert.Equal([Hex(Region)], frames);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    private void Drain(List<string> frames)
    {
        while (_buffer.TryTake(out var frame))
            frames.Add(Hex(frame.Span));
    }
}
