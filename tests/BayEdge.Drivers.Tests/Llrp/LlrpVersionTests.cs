using System.Buffers.Binary;
using System.Text;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Llrp;
using BayEdge.Simulator.Readers;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>Which version of LLRP a reader is spoken to in.</summary>
public class LlrpVersionTests
{
    private const int Limit = 30_000;
    private const int GetReaderCapabilities = 1, EnableEventsAndReports = 64, GetSupportedVersion = 46, SetProtocolVersion = 47;
    private const int UnsupportedVersion = 110, FieldError = 101;
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

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_hangs_up_when_asked_for_its_versions_is_read_over_another_connection()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { SpeaksVersion11 = false }, Time);
        reader.HangUpOver(GetSupportedVersion);
        await using var source = RunningSource.Start(reader.Address, Cancelled);

        await source.UntilReadyAsync();

        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
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
