using BayEdge.Drivers.R200;
using BayEdge.Drivers.Serial;
using BayEdge.Drivers.Tests.Serial;

namespace BayEdge.Drivers.Tests.R200;

public class R200DamageTests
{
    private const int Rounds = 50_000;

    private static readonly byte[][] Published =
    [
        Convert.FromHexString("BB02220011C9340030751FEB705C5904E3D50D703A76EF7E"),
        Convert.FromHexString("BB02220011D63400E28011704000021D35AE4008D444C47E"),
        Convert.FromHexString("BB01030010004D31303020323664426D2056312E30927E"),
        Convert.FromHexString("BB01FF000115167E"),
        Convert.FromHexString("BB01B700020A28EC7E"),
    ];

    [Fact(Timeout = 60_000)]
    public Task Damaged_frames_do_no_harm_and_name_no_tag_that_was_not_there()
    {
        var random = new Random(Damage.Seed);
        var buffer = new FrameBuffer(R200Codec.LongestFrame, R200Codec.Matching(R200Framing.BB7E));
        for (var round = 0; round < Rounds && !TestContext.Current.CancellationToken.IsCancellationRequested; round++)
        {
            var damaged = Damage.Some(Published, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            List<string> tags = [];
            var outcome = Record.Exception(() => ReadAll(buffer, damaged, tags));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            var where = $"Seed {Damage.Seed}, round {round}, bytes {Convert.ToHexString(damaged)}";
            Assert.True(outcome is null, $"{where}: {outcome}");
            Assert.True(allocated <= 16_384, $"{where}: {allocated} bytes allocated.");
            Assert.All(tags, tag => Assert.True(tag is "30751FEB705C5904E3D50D70" or "E28011704000021D35AE4008", $"{where}: tag {tag}"));
        }

        return Task.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_module_gone_mad_ends_in_a_fault_and_nothing_else()
    {
        string[] answers = ["BB01280001002A7E", "BB010C0001000E7E", "BB01080001010B7E", "BB0107000100097E", "BB010D00021020407E", "BB01B6000100B87E"];
        byte[][] frames = [.. Published, .. answers.Select(Convert.FromHexString)];

        var ready = await NoisyReading.RunAsync((time, ports) => new R200Driver(time, ports), frames, rounds: 2000, ("powerDbm", "26"), ("region", "cn900"));

        Assert.InRange(ready, 1, 1999);
    }

    private static void ReadAll(FrameBuffer buffer, byte[] bytes, List<string> tags)
    {
        buffer.Append(bytes);
        for (var atRest = false; ; atRest = true)
        {
            while (buffer.TryTake(out var bytesOfFrame, atRest))
            {
                var frame = R200Codec.Decode(bytesOfFrame);
                if (frame.Type == R200FrameType.Notification && R200Tag.TryRead(frame.Parameters.Span, out var tag) && tag.Epc.Length > 0)
                    tags.Add(tag.Epc);
            }

            if (atRest)
                return;
        }
    }
}
