using System.Net;
using System.Net.Sockets;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;
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

    [Fact(Timeout = Limit)]
    public async Task After_the_cable_was_pulled_a_new_connection_reads_again()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using (var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken))
        {
            await first.UntilReadyAsync();
            reader.DropConnection();
            Assert.Equal(DeviceFaultKind.Lost, (await first.FaultAsync()).Kind);
        }

        await using var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await second.UntilReadyAsync();
        reader.Report(1, Tag, -58, 1, Time.GetUtcNow());
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(-5000)]
    public async Task What_the_reader_kept_while_the_cable_was_out_keeps_its_own_times(int hoursAhead)
    {
        var time = new FakeTimeProvider(Morning);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { KeepsReports = true, ClockOffset = TimeSpan.FromHours(hoursAhead) }, time);
        await using (var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, time: time))
        {
            await first.UntilReadyAsync();
            reader.DropConnection();
            await first.FaultAsync();
        }

        TimeSpan[] ages = [TimeSpan.FromHours(2), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)];
        foreach (var age in ages)
            Assert.False(reader.Report(1, Tag, -58, 1, time.GetUtcNow() - age));

        await using var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, time: time);
        foreach (var age in ages)
            Assert.Equal(time.Observe() - age, (await second.Sink.NextAsync<TagSighting>()).At);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_falls_silent_is_given_up()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, keepAliveSeconds: 1);
        await source.UntilReadyAsync();

        reader.FallSilent();

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal(
            $"Nothing came from the reader at {reader.Address} for 2.5 s, not even a keep-alive. Check its power and the network cable.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Keep_alives_alone_hold_the_connection_and_are_acknowledged()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, keepAliveSeconds: 1);
        await source.UntilReadyAsync();

        // The reader drops a client that leaves three keep-alives unanswered, the source a reader silent for 2.5 s.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_serves_another_program_is_said_to_be_busy()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var holder = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await holder.UntilReadyAsync();

        await using var late = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);

        var fault = await late.FaultAsync();
        Assert.Equal(DeviceFaultKind.Busy, fault.Kind);
        Assert.Equal(
            $"Another program holds the reader at {reader.Address} (connection status 2). End that program, or restart the reader if its connection is a left-over.",
            fault.Message);
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await holder.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_refusal_is_quoted_with_its_code_and_text()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Refuse(messageType: 20, statusCode: 101, "The region is not set.");
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Refused, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} refused the reading order (ADD_ROSPEC: M_FieldError (101) \"The region is not set.\"). "
            + "Check its region and power settings, or restart it.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Garbage_ends_the_connection_with_a_sentence()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.SendGarbage("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} sent a damaged message: An LLRP frame of version 1 or 2 was expected, but these bytes came: "
            + "485454502F312E312034. It is connected anew; restart it if this repeats.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_report_cut_short_ends_the_connection_with_a_sentence()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        // An RO_ACCESS_REPORT whose only TagReportData claims more bytes than there are.
        reader.SendGarbage(Convert.FromHexString("043D0000001000000000" + "00F000208D30"));

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Contains("LLRP type 61 ends too early: 28 more bytes were expected, 2 are left.", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Something_else_at_the_address_is_said_to_be_no_reader()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var source = RunningSource.Start(address, TestContext.Current.CancellationToken);
        using var server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await server.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Equal(
            $"What came from {address} is not LLRP: An LLRP frame of version 1 or 2 was expected, but these bytes came: 485454502F312E312034. "
            + "Check that the address and port are those of an LLRP reader.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Nobody_at_the_address_is_said_in_words_of_the_workshop()
    {
        var port = LoopbackPorts.Free();
        await using var source = RunningSource.Start($"127.0.0.1:{port}", TestContext.Current.CancellationToken);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Unreachable, fault.Kind);
        Assert.Equal($"No reader answers at 127.0.0.1:{port}. Check its power, the network cable and the address.", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task An_antenna_port_that_the_reader_does_not_have_is_refused()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { AntennaPorts = 2 }, Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 4]);

        var fault = await source.FaultAsync();

        Assert.Equal(
            $"Antenna port 4 is configured, but the reader at {reader.Address} has ports 1 to 2. Correct the antennas of the reader.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_power_below_the_readers_weakest_is_refused()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("powerDbm", "5.5"));

        var fault = await source.FaultAsync();

        Assert.Equal(
            $"5.5 dBm is wanted, but the weakest level of the reader at {reader.Address} is 10 dBm. Set powerDbm higher, or leave it out.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Ending_the_source_frees_the_reader_at_once()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await first.UntilReadyAsync();

        await first.EndAsync();

        Assert.False(reader.IsReading);
        await using var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await second.UntilReadyAsync();
    }
}
