using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Simulator.Readers;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Llrp;

public class LlrpSourceTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task A_tag_at_the_reader_becomes_a_sighting()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        Assert.True(reader.Report(2, Tag, -58, 3, Time.GetUtcNow()));

        foreach (var count in new[] { 1, 2 })
        {
            var sighting = await source.Sink.NextAsync<TagSighting>();
            Assert.Equal(("reader-1", 2, Tag, -58.0, count), (sighting.Source, sighting.Antenna, sighting.Tag, sighting.RssiDbm, sighting.Count));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_says_nothing_twice_is_understood()
    {
        var time = new FakeTimeProvider(Morning);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { OmitsRepeatedFields = true }, time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, time: time);
        await source.UntilReadyAsync();

        time.Advance(TimeSpan.FromSeconds(5));
        var now = time.GetUtcNow();
        (int Antenna, double RssiDbm, DateTimeOffset At)[] reads =
            [(2, -58, now - TimeSpan.FromSeconds(3)), (2, -58, now - TimeSpan.FromSeconds(2)), (1, -58, now - TimeSpan.FromSeconds(2)), (1, -61, now)];
        foreach (var (antenna, rssi, at) in reads)
            reader.Report(antenna, Tag, rssi, 1, at);

        foreach (var (antenna, rssi, at) in reads)
        {
            var sighting = await source.Sink.NextAsync<TagSighting>();
            Assert.Equal((antenna, (double?)rssi, 1), (sighting.Antenna, sighting.RssiDbm, sighting.Count));
            Assert.Equal(at, sighting.At.Wall);
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("EPC", Tag)]
    [InlineData("TID", "E2801190200078D1A2B3C4D5")]
    public async Task A_reader_of_Impinj_tells_the_strength_in_hundredths_and_the_serial_number_when_asked(string identity, string expected)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Manufacturer = 25882 }, Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("identity", identity));
        await source.UntilReadyAsync();

        reader.Report(1, Tag, -58.47, 1, Time.GetUtcNow(), tid: "E2801190200078D1A2B3C4D5");
        reader.Report(1, "ABCD", -60, 1, Time.GetUtcNow());

        var sighting = await source.Sink.NextAsync<TagSighting>();
        Assert.Equal((expected, -58.47), (sighting.Tag, sighting.RssiDbm));
        Assert.Equal("ABCD", (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task Old_firmware_of_Impinj_reads_as_any_other_reader_does()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Manufacturer = 25882 }, Time);
        reader.Refuse(messageType: 1023, statusCode: 109, "Unsupported message.");
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.Report(1, Tag, -58.47, 1, Time.GetUtcNow());

        Assert.Equal(-58, (await source.Sink.NextAsync<TagSighting>()).RssiDbm);
    }

    [Fact(Timeout = Limit)]
    public async Task Serial_numbers_from_a_reader_that_cannot_tell_them_are_refused()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("identity", "TID"));

        Assert.Equal(
            $"The reader at {reader.Address} cannot tell the serial numbers of tags (FastID); Impinj readers can. Set identity to EPC.", (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task An_antenna_that_is_not_configured_is_not_ordered_to_read()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 3]);
        await source.UntilReadyAsync();

        Assert.False(reader.Report(2, Tag, -58, 1, Time.GetUtcNow()));
        Assert.True(reader.Report(3, Tag, -58, 1, Time.GetUtcNow()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_with_a_long_identity_keeps_all_of_it()
    {
        const string longTag = "3674257BF7194E4000001A8533221100AABB";
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.Report(1, longTag, -58, 1, Time.GetUtcNow());

        Assert.Equal(longTag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Theory(Timeout = Limit)]
    [InlineData(-3 * 365 * 24)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_reader_with_a_wrong_clock_still_gives_the_right_time(int hoursAhead)
    {
        var time = new FakeTimeProvider(Morning);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { ClockOffset = TimeSpan.FromHours(hoursAhead) }, time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, time: time);
        await source.UntilReadyAsync();

        // The reader held the report back for a second.
        reader.Report(1, Tag, -58, 1, time.GetUtcNow() - TimeSpan.FromSeconds(1));

        Assert.Equal(time.Observe() - TimeSpan.FromSeconds(1), (await source.Sink.NextAsync<TagSighting>()).At);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_sends_an_empty_report_stays_connected()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.SendEmptyReport();
        reader.Report(1, Tag, -58, 1, Time.GetUtcNow());

        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }
}
