using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Simulator.Readers;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>What a tag holds besides its identity, read while the reader reads on.</summary>
public class LlrpMemoryTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";
    private const string Neighbour = "E2806894000050123456ABCD";

    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task The_memory_of_a_tag_is_read_and_no_sighting_is_lost_meanwhile()
    {
        await using var reader = Reader();
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();
        var memory = source.Source.Can<ITagMemory>();

        Assert.Equal("E2801190200078D1A2B3C4D5", await WhileSeenAsync(reader, memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled)));
        Assert.Equal("1190", await WhileSeenAsync(reader, memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 1, Cancelled)));
        Assert.Equal("CAFE", await WhileSeenAsync(reader, memory.ReadMemoryAsync(Tag, TagMemoryBank.User, 0, 1, Cancelled)));
        Assert.False(reader.ReadsMemory);

        Assert.Equal(Neighbour, (await source.Sink.NextAsync<TagSighting>()).Tag);
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_without_such_memory_is_said_to_refuse()
    {
        await using var reader = Reader();
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(
            () => WhileSeenAsync(reader, source.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.User, 0, 8, Cancelled)));

        Assert.Equal(
            $"The reader at {reader.Address} could not read the memory of the tag {Tag}: the tag refused; perhaps it has no such words, or keeps them locked.",
            refused.Message);
        Assert.False(source.Completion.IsCompleted);
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_that_is_not_there_is_said_not_to_be_found_and_the_reader_reads_on()
    {
        await using var reader = Reader();
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        var missing = await Assert.ThrowsAsync<DeviceFaultException>(() => source.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled));

        Assert.Equal($"The reader at {reader.Address} did not find the tag {Tag}. Hold it before an antenna and try again.", missing.Message);
        Assert.False(reader.ReadsMemory);
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_reader_without_a_clock_reads_meanwhile_is_dated_when_it_came()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { TellsTimes = false }, Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        var reading = source.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled);
        while (!reader.ReadsMemory)
            await Task.Delay(10, Cancelled);
        var before = Time.Observe();
        Assert.True(reader.Report(1, Neighbour, -58, 1, Time.GetUtcNow()));
        await Assert.ThrowsAsync<DeviceFaultException>(() => reading);

        var seen = await source.Sink.NextAsync<TagSighting>();
        Assert.InRange((seen.At - before).TotalSeconds, 0, 1.5);
    }

    [Fact(Timeout = Limit)]
    public async Task The_memory_of_a_tag_whose_longer_identity_begins_the_same_is_not_taken_for_it()
    {
        await using var reader = Reader();
        reader.Hold(Tag + "0001", bank: 2, "E280AAAAAAAAAAAAAAAAAAAA");
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        var reading = source.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled);
        while (!reading.IsCompleted)
        {
            reader.Report(1, Tag + "0001", -58, 1, Time.GetUtcNow());
            await Task.Delay(20, Cancelled);
        }

        Assert.StartsWith(
            $"The reader at {reader.Address} did not find the tag {Tag}. ", (await Assert.ThrowsAsync<DeviceFaultException>(() => reading)).Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("", 0, 1, "'' is not the identity of a tag. Give its hex digits, four for each word.")]
    [InlineData("E28", 0, 1, "'E28' is not the identity of a tag. Give its hex digits, four for each word.")]
    [InlineData("my car tag!!", 0, 1, "'my car tag!!' is not the identity of a tag. Give its hex digits, four for each word.")]
    [InlineData(Tag, -1, 1, "1 words from word -1 on cannot be asked for. Ask for 1 to 65535, from a word between 0 and 65535 on.")]
    [InlineData(Tag, 65_536, 1, "1 words from word 65536 on cannot be asked for. Ask for 1 to 65535, from a word between 0 and 65535 on.")]
    [InlineData(Tag, 0, 70_000, "70000 words from word 0 on cannot be asked for. Ask for 1 to 65535, from a word between 0 and 65535 on.")]
    [InlineData(Tag, 0, 0, "0 words from word 0 on cannot be asked for. Ask for 1 to 65535, from a word between 0 and 65535 on.")]
    public async Task What_cannot_be_asked_for_is_refused_and_the_reader_reads_on(string tag, int firstWord, int words, string expected)
    {
        await using var reader = Reader();
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => source.Source.Can<ITagMemory>().ReadMemoryAsync(tag, TagMemoryBank.Tid, firstWord, words, Cancelled));
        var noOutput = await Assert.ThrowsAsync<DeviceFaultException>(() => source.Source.Can<IDigitalPorts>().SetOutputAsync(65_537, on: true, Cancelled));

        Assert.Equal((DeviceFaultKind.Refused, expected), (refused.Kind, refused.Message));
        Assert.Equal((DeviceFaultKind.Refused, $"The reader at {reader.Address} has no output 65537."), (noOutput.Kind, noOutput.Message));
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_knows_no_access_to_memory_reads_tags_all_the_same()
    {
        await using var reader = Reader();
        foreach (var access in (int[])[40, 41, 42])
            reader.Refuse(access, statusCode: 109, "Unsupported message.");
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => source.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled));

        Assert.StartsWith($"The reader at {reader.Address} refused the order to read a tag's memory (ADD_ACCESSSPEC: ", refused.Message, StringComparison.Ordinal);
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static SimulatedLlrpReader Reader()
    {
        var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Hold(Tag, bank: 2, "E2801190200078D1A2B3C4D5");
        reader.Hold(Tag, bank: 3, "CAFEBABE");
        reader.Hold(Neighbour, bank: 2, "E280000000000000DEADBEEF");
        return reader;
    }

    /// <summary>The tag and its neighbour are seen again and again, as tags before an antenna are.</summary>
    internal static async Task<string> WhileSeenAsync(SimulatedLlrpReader reader, Task<string> reading)
    {
        while (!reading.IsCompleted)
        {
            reader.Report(1, Neighbour, -61, 1, Time.GetUtcNow());
            reader.Report(1, Tag, -58, 1, Time.GetUtcNow());
            await Task.Delay(20, Cancelled);
        }

        return await reading;
    }
}
