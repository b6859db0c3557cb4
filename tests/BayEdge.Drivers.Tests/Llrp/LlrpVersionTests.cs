using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Llrp.Protocol;
using BayEdge.Simulator.Readers;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>Which version of LLRP a reader is spoken to in.</summary>
public class LlrpVersionTests
{
    private const int Limit = 30_000;
    private const int GetReaderCapabilities = 1, EnableEventsAndReports = 64, GetSupportedVersion = 46, SetProtocolVersion = 47;
    private const int UnsupportedVersion = 110, FieldError = 101;
    private const int Accepted = 0, OtherClientExists = 2;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData(true, "1.1")]
    [InlineData(false, "1.0.1")]
    public async Task A_probe_tells_the_version_that_was_agreed_on(bool speaks11, string version)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { SpeaksVersion11 = speaks11 }, Time);

        var report = await new LlrpDriver(Time).ProbeAsync(RunningSource.Configuration(reader.Address), Cancelled);

        Assert.True(report.Answered, report.Summary);
        Assert.Equal(version, report.Fact("LLRP"));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_does_not_take_the_newer_version_is_read_in_the_older()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Refuse(SetProtocolVersion, UnsupportedVersion, "Not today.");

        await ReadsInAsync(version: 1, reader);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_says_nothing_when_asked_for_its_versions_is_read_in_the_older()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Ignore(GetSupportedVersion);

        await ReadsInAsync(version: 1, reader);
    }

    [Theory(Timeout = Limit)]
    [InlineData(GetSupportedVersion, "hangs up")]
    [InlineData(GetSupportedVersion, "talks nonsense")]
    [InlineData(SetProtocolVersion, "hangs up")]
    [InlineData(SetProtocolVersion, "talks nonsense")]
    [InlineData(SetProtocolVersion, "says nothing")]
    public async Task A_reader_that_cannot_cope_with_the_question_is_read_over_another_connection_and_not_asked_again(int question, string instead)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        ((Action<int>)(instead switch { "hangs up" => reader.HangUpOver, "talks nonsense" => reader.Garble, _ => reader.Ignore }))(question);
        var driver = new LlrpDriver(Time);

        await ReadsAsync(driver, reader);
        Assert.Equal((1, 2), (reader.Asked(question), reader.Clients));
        await ReadsAsync(driver, reader);
        Assert.Equal((1, 1, 3), (reader.Asked(GetSupportedVersion), reader.Asked(question), reader.Clients));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_says_nothing_is_asked_once_only()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Ignore(GetSupportedVersion);
        var driver = new LlrpDriver(Time);

        await ReadsAsync(driver, reader);
        await ReadsAsync(driver, reader);

        Assert.Equal((1, 2), (reader.Asked(GetSupportedVersion), reader.Clients));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_refuses_is_asked_again_as_it_may_get_new_firmware()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { SpeaksVersion11 = false }, Time);
        var driver = new LlrpDriver(Time);

        await ReadsAsync(driver, reader);
        await ReadsAsync(driver, reader);

        Assert.Equal((2, 2), (reader.Asked(GetSupportedVersion), reader.Clients));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_fails_at_once_in_the_version_that_was_agreed_on_is_not_asked_again()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Refuse(GetReaderCapabilities, UnsupportedVersion, "What?");
        var driver = new LlrpDriver(Time);
        await using (var first = RunningSource.Start(driver, reader.Address, Cancelled))
            await first.FaultAsync();

        reader.Refuse(GetReaderCapabilities, 0, "");
        await ReadsAsync(driver, reader);

        Assert.Equal((1, 2), (reader.Asked(GetSupportedVersion), reader.Clients));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_hangs_up_over_the_question_and_is_not_free_at_once_is_not_asked_by_the_next_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var driver = new LlrpDriver(Time);
        await using var first = RunningSource.Start(driver, $"{listener.LocalEndpoint}", Cancelled);
        Assert.Equal(GetSupportedVersion, await GreetAsync(listener, Accepted));
        for (var knock = 0; knock < 5; knock++)
            Assert.Null(await GreetAsync(listener, OtherClientExists));
        Assert.Equal(DeviceFaultKind.Busy, (await first.FaultAsync()).Kind);

        await using var second = RunningSource.Start(driver, $"{listener.LocalEndpoint}", Cancelled);

        Assert.Equal(GetReaderCapabilities, await GreetAsync(listener, Accepted));
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_reader_kept_and_told_before_it_hung_up_over_the_question_keeps_its_own_times()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { KeepsReports = true, ClockOffset = TimeSpan.FromDays(-900) }, time);
        await using (var before = RunningSource.Start(reader.Address, Cancelled, time: time))
        {
            await before.UntilReadyAsync();
            reader.DropConnection();
            await before.FaultAsync();
        }

        TimeSpan[] ages = [TimeSpan.FromHours(2), TimeSpan.FromMinutes(1)];
        foreach (var age in ages)
            Assert.False(reader.Report(1, Tag, -58, 1, time.GetUtcNow() - age));
        reader.HangUpOver(GetSupportedVersion);

        await using var source = RunningSource.Start(reader.Address, Cancelled, time: time);

        foreach (var age in ages)
            Assert.Equal(time.Observe() - age, (await source.Sink.NextAsync<TagSighting>()).At);
    }

    [Fact(Timeout = Limit)]
    public async Task The_readers_clock_is_learned_from_when_its_greeting_came_and_not_from_later_words()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeted = time.Observe();
        var address = new HostAndPort("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        var opening = new VersionAgreement(time).OpenAsync(address, keep: null, Cancelled);
        using var reader = await listener.AcceptSocketAsync(Cancelled);
        await reader.SendAsync(Greeting(Accepted), Cancelled);
        await NextFrameAsync(reader);

        time.Advance(TimeSpan.FromMilliseconds(400));
        await reader.SendAsync(ErrorMessage(1, UnsupportedVersion, "No."), Cancelled);

        using var session = await opening;
        Assert.Equal((greeted, LlrpVersion.V101), (session.Greeted, session.Version));
    }

    [Fact(Timeout = Limit)]
    public async Task A_late_word_on_the_versions_is_not_taken_for_an_answer_to_something_else()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Ignore(GetSupportedVersion);
        reader.Ignore(GetReaderCapabilities);
        await using var relay = new RecordingRelay(reader.Port, Cancelled);
        await using var source = RunningSource.Start(relay.Address, Cancelled);
        await relay.UntilClientSendsAsync(GetReaderCapabilities, Cancelled);

        var asked = relay.ClientFramesSoFar().ToDictionary(RecordingRelay.TypeOf, frame => BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(6)));
        reader.SendGarbage(ErrorMessage(asked[GetSupportedVersion], UnsupportedVersion, "Late."));
        reader.SendGarbage(ErrorMessage(asked[GetReaderCapabilities], FieldError, "Really."));

        Assert.Contains("M_FieldError (101) \"Really.\"", (await source.FaultAsync()).Message, StringComparison.Ordinal);
    }

    private static async Task ReadsInAsync(int version, SimulatedLlrpReader reader)
    {
        await using var relay = new RecordingRelay(reader.Port, Cancelled);
        await using var source = RunningSource.Start(relay.Address, Cancelled);
        await source.UntilReadyAsync();
        await relay.UntilClientSendsAsync(EnableEventsAndReports, Cancelled);
        reader.Report(1, Tag, -58, 1, Time.GetUtcNow());
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);

        var others = relay.ClientFramesSoFar().Where(frame => RecordingRelay.TypeOf(frame) is not (GetSupportedVersion or SetProtocolVersion)).ToList();
        Assert.NotEmpty(others);
        Assert.All(others, frame => Assert.Equal(version, frame[0] >> 2));
    }

    private static async Task ReadsAsync(LlrpDriver driver, SimulatedLlrpReader reader)
    {
        await using var source = RunningSource.Start(driver, reader.Address, Cancelled);
        await source.UntilReadyAsync();
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    /// <summary>Lets a client in, or not, hears its first message and hangs up.</summary>
    /// <returns>The type of the message; null when the client hung up first.</returns>
    private static async Task<int?> GreetAsync(TcpListener listener, int status)
    {
        using var client = await listener.AcceptSocketAsync(Cancelled);
        await client.SendAsync(Greeting(status), Cancelled);
        return await NextFrameAsync(client) is { Length: > 0 } frame ? RecordingRelay.TypeOf(frame) : null;
    }

    /// <summary>A small message comes in one piece.</summary>
    private static async Task<byte[]> NextFrameAsync(Socket client)
    {
        var buffer = new byte[256];
        return buffer[..await client.ReceiveAsync(buffer, Cancelled)];
    }

    /// <summary>READER_EVENT_NOTIFICATION with the reader's time and ConnectionAttemptEvent.</summary>
    private static byte[] Greeting(int status) =>
        [0x04, 63, 0, 0, 0, 32, 0, 0, 0, 0, 0, 246, 0, 22, 0, 128, 0, 12, 0, 5, 0, 0, 0, 0, 0, 0, 1, 0, 0, 6, 0, (byte)status];

    private static byte[] ErrorMessage(uint id, int status, string text)
    {
        const int errorMessage = 0x0464, statusType = 287;
        var frame = new byte[18 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, errorMessage);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(2), (uint)frame.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(6), id);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(10), statusType);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)(8 + text.Length));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(14), (ushort)status);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, frame.AsSpan(18));
        return frame;
    }
}
