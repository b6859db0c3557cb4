using System.Buffers.Binary;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.Simulator.Tests.Readers;

public class SimulatedLlrpReaderTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = Limit)]
    public async Task Another_implementation_understands_everything_the_reader_says()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { AntennaPorts = 2 }, TimeProvider.System);
        using var client = await RawClient.ConnectAsync(reader.Port, cancellationToken);
        await client.ReceiveAsync(cancellationToken);
        await client.AskAsync("0401" + "0000000B" + "00000001" + "00", cancellationToken);
        await client.AskAsync("0402" + "00000011" + "00000002" + "0000" + "00" + "0000" + "0000", cancellationToken);
        await client.AskAsync(RawClient.AddRoSpec, cancellationToken);
        await client.AskAsync(RawClient.EnableRoSpec, cancellationToken);
        reader.Report(2, Tag, -58.4, 3, Morning);
        await client.ReceiveAsync(cancellationToken);
        await client.AskAsync("07FF" + "0000000F" + "00000003" + "0000651A" + "15", cancellationToken);
        await client.AskAsync("040E" + "0000000A" + "00000004", cancellationToken);

        var frames = await LlrpDissector.DissectAsync(
            client.Frames, cancellationToken, "llrp.type", "llrp.param.status_code", "llrp.param.epc", "llrp.param.tag_count", "llrp.param.conn_status");

        Assert.All(frames, frame => Assert.Empty(frame.Complaint));
        Assert.Equal(
            [
                "63||||0", // READER_EVENT_NOTIFICATION
                "11|0|||", // GET_READER_CAPABILITIES_RESPONSE
                "12|0|||", // GET_READER_CONFIG_RESPONSE
                "30|0|||", // ADD_ROSPEC_RESPONSE
                "34|0|||", // ENABLE_ROSPEC_RESPONSE
                "61||e28068940000501234567890|3|", // RO_ACCESS_REPORT
                "100|109|||", // ERROR_MESSAGE: not supported
                "4|0|||", // CLOSE_CONNECTION_RESPONSE
            ],
            frames.Select(frame => string.Join('|', frame.Values)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_of_the_newer_version_speaks_it_once_that_is_agreed_on_and_understands_nothing_else_then()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        using var client = await RawClient.ConnectAsync(reader.Port, cancellationToken);
        await client.ReceiveAsync(cancellationToken);
        await client.AskAsync("082E" + "0000000A" + "00000001", cancellationToken);
        await client.AskAsync("082F" + "0000000B" + "00000002" + "02", cancellationToken);
        await client.AskAsync("0801" + "0000000B" + "00000003" + "00", cancellationToken);
        await client.AskAsync("0401" + "0000000B" + "00000004" + "00", cancellationToken);

        var frames = await LlrpDissector.DissectAsync(
            client.Frames, cancellationToken, "llrp.version", "llrp.type", "llrp.cur_ver", "llrp.sup_ver", "llrp.param.status_code");

        Assert.All(frames, frame => Assert.Empty(frame.Complaint));
        Assert.Equal(
            [
                "1|63|||", // READER_EVENT_NOTIFICATION
                "2|56|1|2|0", // GET_SUPPORTED_VERSION_RESPONSE: 1.0.1 now, 1.1 possible
                "2|57|||0", // SET_PROTOCOL_VERSION_RESPONSE
                "2|11|||0", // GET_READER_CAPABILITIES_RESPONSE
                "2|100|||110", // ERROR_MESSAGE: a message of the older version
            ],
            frames.Select(frame => string.Join('|', frame.Values)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_report_is_laid_out_as_the_specification_says()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { ClockOffset = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        using var client = await ReadingClientAsync(reader, cancellationToken);

        reader.Report(2, Tag, -58.4, 3, Morning, firstSeen: Morning - TimeSpan.FromMilliseconds(250));

        var microseconds = (ulong)(Morning.ToUnixTimeSeconds() + 1) * 1_000_000;
        Assert.Equal(
            "00F0003E" + "8D" + Tag + "890000007B" + "8E0001" + "8A0001" + "810002" + "86C6" + "870001"
            + $"82{microseconds - 250_000:X16}" + $"84{microseconds:X16}" + "880003" + "9000000000",
            Convert.ToHexString(await client.ReceiveAsync(cancellationToken))[20..]);
    }

    [Fact(Timeout = Limit)]
    public async Task Reads_are_reported_only_while_a_client_has_ordered_the_antenna()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        Assert.False(reader.Report(2, Tag, -58, 1, Morning));

        using var client = await ReadingClientAsync(reader, cancellationToken);
        Assert.True(reader.IsReading);
        Assert.True(reader.Report(2, Tag, -58, 1, Morning));
        Assert.False(reader.Report(1, Tag, -58, 1, Morning));
        await client.ReceiveAsync(cancellationToken);

        await client.AskAsync("0419" + "0000000E" + "00000001" + "0000007B", cancellationToken);
        Assert.False(reader.Report(2, Tag, -58, 1, Morning));
    }

    [Fact(Timeout = Limit)]
    public async Task Reads_that_wait_together_leave_together_and_in_order()
    {
        const int reads = 1000;
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        using var client = await ReadingClientAsync(reader, cancellationToken);

        for (var read = 1; read <= reads; read++)
            reader.Report(2, Tag, -58, read, Morning);

        List<int> counts = [];
        while (counts.Count < reads)
            counts.AddRange((await client.ReceiveAsync(cancellationToken))[10..].Chunk(0x3E).Select(tag => (tag[^7] << 8) | tag[^6]));
        Assert.Equal(Enumerable.Range(1, reads), counts);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_may_leave_out_what_has_not_changed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { OmitsRepeatedFields = true }, TimeProvider.System);
        using var client = await ReadingClientAsync(reader, cancellationToken);
        reader.Report(2, Tag, -58, 1, Morning);
        await client.ReceiveAsync(cancellationToken);

        reader.Report(2, Tag, -60, 1, Morning);

        Assert.Equal("00F00013" + "8D" + Tag + "86C4", Convert.ToHexString(await client.ReceiveAsync(cancellationToken))[20..]);
    }

    [Fact(Timeout = Limit)]
    public async Task Events_are_told_to_a_client_that_has_asked_for_them()
    {
        const string everyEvent = "00F4" + "0019" + "00F50007" + "0002" + "80" + "00F50007" + "0004" + "80" + "00F50007" + "0008" + "80";
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        using var client = await ReadingClientAsync(reader, cancellationToken);
        reader.Plug(1, connected: false);
        await client.AskAsync("0403" + "00000024" + "00000005" + "00" + everyEvent, cancellationToken);

        reader.Plug(1, connected: true);
        reader.RaiseException("hot");
        reader.EndReading();

        // Ten bytes of header, sixteen of the notification and its time, then the event.
        foreach (var happening in new[] { "00FF0007" + "01" + "0001", "00FC0009" + "0003" + "686F74", "00F9000D" + "01" + "0000007B" + "00000000" })
            Assert.Equal(happening, Convert.ToHexString(await client.ReceiveAsync(cancellationToken))[52..]);
        Assert.False(reader.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task A_second_client_is_told_that_the_reader_is_taken()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        using var first = await ReadingClientAsync(reader, cancellationToken);

        using var second = await RawClient.ConnectAsync(reader.Port, cancellationToken);

        Assert.Equal(2, ConnectionStatus(await second.ReceiveAsync(cancellationToken)));
        await second.UntilClosedAsync(cancellationToken);
        Assert.Equal(4, ConnectionStatus(await first.ReceiveAsync(cancellationToken)));
        Assert.True(reader.Report(2, Tag, -58, 1, Morning));
    }

    [Fact(Timeout = Limit)]
    public async Task A_client_that_acknowledges_no_keep_alive_is_dropped()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        using var client = await ReadingClientAsync(reader, cancellationToken);
        await client.AskAsync("0403" + "00000014" + "00000005" + "00" + "00DC0009" + "01" + "00000032", cancellationToken);

        for (var keepAlive = 1; keepAlive <= 3; keepAlive++)
            Assert.Equal(62, (await client.ReceiveAsync(cancellationToken))[1]);
        await client.UntilClosedAsync(cancellationToken);
    }

    [Theory(Timeout = Limit)]
    [InlineData("0414" + "0000000E" + "00000009" + "00B1" + "0004", "ROSpec is missing.")]
    [InlineData("0414" + "0000000E" + "00000009" + "00B1" + "0400", "Parameter 177 claims 1024 bytes of 4.")]
    [InlineData("0418" + "0000000A" + "00000009", "The message ends after 0 bytes; 4 were expected.")]
    public async Task A_broken_request_is_answered_with_an_error(string request, string text)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        using var client = await RawClient.ConnectAsync(reader.Port, cancellationToken);
        await client.ReceiveAsync(cancellationToken);

        var answer = await client.AskAsync(request, cancellationToken);

        Assert.Equal((100, 100), (answer[1], BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(14))));
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(answer.AsSpan(18)));
    }

    private static async Task<RawClient> ReadingClientAsync(SimulatedLlrpReader reader, CancellationToken cancellationToken)
    {
        var client = await RawClient.ConnectAsync(reader.Port, cancellationToken);
        await client.ReceiveAsync(cancellationToken);
        await client.AskAsync(RawClient.AddRoSpec, cancellationToken);
        await client.AskAsync(RawClient.EnableRoSpec, cancellationToken);
        await reader.WaitUntilReadingAsync(cancellationToken);
        return client;
    }

    private static int ConnectionStatus(byte[] notification) => BinaryPrimitives.ReadUInt16BigEndian(notification.AsSpan(notification.Length - 2));
}
