using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Serial;
using BayEdge.Drivers.Tests.Serial;

namespace BayEdge.Drivers.Tests.Chafon;

public class ChafonDamageTests
{
    private const int Rounds = 50_000;

    private static readonly byte[][] Published =
    [
        Convert.FromHexString("1500010301010c0000000000000000000003136bb1a5"),
        Convert.FromHexString("2300010301020c0000000000000000000003136b0c0000000000000000000003146c70f2"),
        Convert.FromHexString("13000103010c49440000000000000a000334a5fb"),
        Convert.FromHexString("0700010101001e4b"),
        Convert.FromHexString("1100210000160c034e001e0a01000000e651"),
    ];

    [Fact(Timeout = 60_000)]
    public Task Damaged_frames_do_no_harm()
    {
        var random = new Random(Damage.Seed);
        var buffer = new FrameBuffer(ChafonCodec.LongestFrame, ChafonCodec.Match);
        List<ChafonTag> tags = [];
        for (var round = 0; round < Rounds && !TestContext.Current.CancellationToken.IsCancellationRequested; round++)
        {
            var damaged = Damage.Some(Published, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = Record.Exception(() => ReadAll(buffer, damaged, tags));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            var where = $"Seed {Damage.Seed}, round {round}, bytes {Convert.ToHexString(damaged)}";
            Assert.True(outcome is null, $"{where}: {outcome}");
            Assert.True(allocated <= 16_384, $"{where}: {allocated} bytes allocated.");
        }

        return Task.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public Task Tag_data_of_any_kind_is_read_or_refused()
    {
        var random = new Random(Damage.Seed);
        List<ChafonTag> tags = [];
        for (var round = 0; round < Rounds; round++)
        {
            var data = new byte[random.Next(ChafonCodec.LongestFrame)];
            random.NextBytes(data);
            if (data.Length > 2)
                data[random.Next(2)] = (byte)random.Next(4);

            var outcome = Record.Exception(() => ChafonTags.TryRead(round % 2 == 0 ? ChafonModel.UhfReader18 : ChafonModel.UhfReader288, data, tags));

            Assert.True(outcome is null, $"Seed {Damage.Seed}, round {round}, bytes {Convert.ToHexString(data)}: {outcome}");
        }

        return Task.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_gone_mad_ends_in_a_fault_and_nothing_else()
    {
        var ready = await NoisyReading.RunAsync((time, ports) => new ChafonDriver(time, ports), Published, rounds: 2000);

        Assert.InRange(ready, 1, 1999);
    }

    private static void ReadAll(FrameBuffer buffer, byte[] bytes, List<ChafonTag> tags)
    {
        buffer.Append(bytes);
        for (var atRest = false; ; atRest = true)
        {
            while (buffer.TryTake(out var bytesOfFrame, atRest))
            {
                var frame = ChafonCodec.Decode(bytesOfFrame);
                ChafonInformation.Read(frame.Data.Span);
                ChafonTags.TryRead(ChafonModel.UhfReader288, frame.Data.Span, tags);
                ChafonTags.TryRead(ChafonModel.UhfReader18, frame.Data.Span, tags);
            }

            if (atRest)
                return;
        }
    }
}
