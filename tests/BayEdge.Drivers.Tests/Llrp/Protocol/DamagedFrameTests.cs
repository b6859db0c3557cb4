using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Tests.Llrp.Protocol;

public class DamagedFrameTests
{
    private const int Rounds = 20_000;
    private const int Seed = 20260301;

    private static readonly ObservedAt Arrival = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1));

    [Fact(Timeout = 60_000)]
    public Task Damaged_frames_are_refused_and_do_no_harm()
    {
        var random = new Random(Seed);
        var frames = GoldenFrames.Names.Select(GoldenFrames.Bytes).ToList();
        for (var round = 0; round < Rounds && !TestContext.Current.CancellationToken.IsCancellationRequested; round++)
        {
            var damaged = Damage(frames[random.Next(frames.Count)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = Record.Exception(() => ReadAll(damaged));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(
                outcome is null or LlrpFormatException,
                $"Seed {Seed}, round {round}, bytes {Convert.ToHexString(damaged)}: {outcome}");
            Assert.True(
                allocated <= LlrpFrame.LongestBytes + 65_536,
                $"Seed {Seed}, round {round}, bytes {Convert.ToHexString(damaged)}: {allocated} bytes allocated.");
        }

        return Task.CompletedTask;
    }

    [Fact]
    public void Parameters_nested_without_end_are_refused()
    {
        const int levels = 2000;
        var body = new byte[levels * 4];
        for (var level = 0; level < levels; level++)
        {
            var length = (levels - level) * 4;
            byte[] header = [0, 244, (byte)(length >> 8), (byte)length];
            header.CopyTo(body, level * 4);
        }

        var fault = Assert.Throws<LlrpFormatException>(() =>
            MessageCodec.Decode(new LlrpFrame(LlrpVersion.V101, MessageType.ReaderEventNotification, 0, body)));

        Assert.Equal("LLRP parameters are nested more than 16 deep.", fault.Message);
    }

    [Theory]
    [InlineData("00F60003", "LLRP parameter 246 claims a length of 3 bytes; its header alone has 4.")]
    [InlineData("00F600080100000A", "LLRP type 246 ends too early: 6 more bytes were expected, 0 are left.")]
    [InlineData("00F6000B01000007000001", "LLRP parameter 256 has 1 bytes more than its fields take.")]
    [InlineData("00F60005FF", "A parameter of type 127 came, which LLRP 1.0.1 and 1.1 do not define; what follows it cannot be read.")]
    public void A_length_that_cannot_be_is_refused_with_a_sentence(string body, string sentence)
    {
        var fault = Assert.Throws<LlrpFormatException>(() => MessageCodec.Decode(
            new LlrpFrame(LlrpVersion.V101, MessageType.ReaderEventNotification, 0, Convert.FromHexString(body))));

        Assert.Equal(sentence, fault.Message);
    }

    private static byte[] Damage(byte[] frame, Random random)
    {
        var damaged = frame.ToArray();
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(damaged);
                break;
            case 1:
                damaged = damaged[..random.Next(damaged.Length)];
                break;
            case 2:
                // Cut the body but keep the header honest, so that the damage reaches the parameters.
                damaged = damaged[..random.Next(LlrpFrame.HeaderBytes, damaged.Length)];
                damaged[4] = (byte)(damaged.Length >> 8);
                damaged[5] = (byte)damaged.Length;
                break;
            default:
                for (var flips = random.Next(1, 8); flips > 0; flips--)
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                break;
        }

        return damaged;
    }

    private static void ReadAll(byte[] bytes)
    {
        var buffer = new FrameBuffer();
        bytes.CopyTo(buffer.Free());
        buffer.Filled(bytes.Length);
        var mapper = new TagReportMapper("reader-1", LlrpSettings.From(RunningSource.Configuration("192.0.2.5", antennas: [1])));
        while (buffer.TryTake(out var frame))
        {
            if (frame.Type == MessageType.RoAccessReport)
                mapper.Map(frame, Arrival);
            MessageCodec.Decode(frame);
        }

        // As the connection would: it asks for room for the rest of what was announced.
        buffer.Free();
    }
}
