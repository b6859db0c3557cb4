using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Serial;
using BayEdge.Drivers.Tests.Serial;

namespace BayEdge.Drivers.Tests.Mercury;

public class MercuryDamageTests
{
    private const int Rounds = 50_000;

    private static readonly byte[][] Published =
    [
        Convert.FromHexString("FF2822000010001B01FF0101C4110E16400000012700000500000F00803000000000000000000000001545E94A561D"),
        Convert.FromHexString("FF0167000001B480"),
        Convert.FromHexString("FF0022040084E0"),
        Convert.FromHexString("FF0022050585E5"),
    ];

    [Fact(Timeout = 60_000)]
    public Task Damaged_frames_do_no_harm()
    {
        var random = new Random(Damage.Seed);
        var buffer = new FrameBuffer(MercuryCodec.LongestFrame, MercuryCodec.Match);
        for (var round = 0; round < Rounds && !TestContext.Current.CancellationToken.IsCancellationRequested; round++)
        {
            var damaged = Damage.Some(Published, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = Record.Exception(() => ReadAll(buffer, damaged));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            var where = $"Seed {Damage.Seed}, round {round}, bytes {Convert.ToHexString(damaged)}";
            Assert.True(outcome is null, $"{where}: {outcome}");
            Assert.True(allocated <= 16_384, $"{where}: {allocated} bytes allocated.");
        }

        return Task.CompletedTask;
    }

    [Fact]
    public void Tag_data_of_any_kind_is_read_or_refused()
    {
        var random = new Random(Damage.Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var data = new byte[random.Next(MercuryCodec.LongestFrame)];
            random.NextBytes(data);
            if (data.Length > 5)
                (data[0], data[3], data[5]) = (0x10, (byte)random.Next(16), 1);

            var outcome = Record.Exception(() => MercuryTag.TryRead(data, out _));

            Assert.True(outcome is null, $"Seed {Damage.Seed}, round {round}, bytes {Convert.ToHexString(data)}: {outcome}");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_module_gone_mad_ends_in_a_fault_and_nothing_else()
    {
        byte[][] answers =
        [
            MercuryAnswer(0x03, "0101010130000001202201010107010200000010"), MercuryAnswer(0x0C, "12"), MercuryAnswer(0x2F, "02"),
            MercuryAnswer(0x62, "0107D00A8C0000"), MercuryAnswer(0x67, "06"), MercuryAnswer(0x91, ""), MercuryAnswer(0x93, ""),
            MercuryAnswer(0x9A, ""), MercuryAnswer(0x9B, ""),
        ];

        var ready = await NoisyReading.RunAsync((time, ports) => new MercuryDriver(time, ports), [.. answers, .. answers, .. Published], rounds: 2000, ("powerDbm", "20"));

        Assert.InRange(ready, 1, 1999);
    }

    /// <summary>An answer is a command whose data begins with the status.</summary>
    private static byte[] MercuryAnswer(byte command, string data)
    {
        var frame = MercuryCodec.Encode(command, Convert.FromHexString("0000" + data));
        byte[] covered = [(byte)(data.Length / 2), .. frame[2..^2]];
        var crc = covered.SelectMany(value => Enumerable.Range(0, 8).Select(index => value >> (7 - index) & 1))
            .Aggregate(0xFFFF, (register, bit) => ((register << 1) & 0xFFFF | bit) ^ ((register & 0x8000) != 0 ? 0x1021 : 0));
        return [0xFF, .. covered, (byte)(crc >> 8), (byte)crc];
    }

    private static void ReadAll(FrameBuffer buffer, byte[] bytes)
    {
        buffer.Append(bytes);
        for (var atRest = false; ; atRest = true)
        {
            while (buffer.TryTake(out var frame, atRest))
                MercuryTag.TryRead(MercuryCodec.Decode(frame).Data.Span, out _);
            if (atRest)
                return;
        }
    }
}
