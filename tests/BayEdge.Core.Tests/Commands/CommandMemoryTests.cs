using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Commands;
using BayEdge.Core.Commands;

namespace BayEdge.Core.Tests.Commands;

public sealed class CommandMemoryTests
{
    private static readonly CommandReading Replay = Read("t-1", from: 1);

    [Fact]
    public void A_command_that_comes_again_is_answered_as_before_and_says_so()
    {
        var reply = Replies.Ok("replay", "t-1", JsonNode.Parse("""{"last":{"epoch":1,"sequence":9}}"""));

        // Through the disk, as after a restart.
        var memory = CommandMemory.Read(CommandMemory.Empty.With(Replay, reply).Write());

        var recalled = memory.Recall("replay", Replay)!;
        Assert.True(recalled.Repeated);
        Assert.Equal("""{"last":{"epoch":1,"sequence":9}}""", recalled.Data!.ToJsonString());
        Assert.Null(memory.Recall("replay", Read("t-2", from: 1)));
    }

    [Fact]
    public void A_transaction_that_served_another_command_is_refused()
    {
        var memory = CommandMemory.Empty.With(Replay, Replies.Ok("replay", "t-1", null));

        Assert.Equal(CommandErrors.TransactionReused, memory.Recall("replay", Read("t-1", from: 2))!.Error!.Key);
        Assert.Equal(CommandErrors.TransactionReused, memory.Recall("restart", CommandReader.Read("restart", """{"transaction":"t-1"}"""u8.ToArray()))!.Error!.Key);
    }

    [Fact]
    public void Only_the_newest_are_kept()
    {
        var memory = Enumerable.Range(0, CommandMemory.MostKept + 1)
            .Select(number => Read(number.ToString(CultureInfo.InvariantCulture), 1))
            .Aggregate(CommandMemory.Empty, (memory, reading) => memory.With(reading, Replies.Ok("replay", reading.Transaction, null)));

        Assert.Null(memory.Recall("replay", Read("0", from: 1)));
        Assert.NotNull(memory.Recall("replay", Read("1", from: 1)));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""[{"transaction":"t"}]""")]
    public void A_damaged_memory_is_noticed(string content) =>
        Assert.ThrowsAny<JsonException>(() => CommandMemory.Read(Encoding.UTF8.GetBytes(content)));

    private static CommandReading Read(string transaction, int from) => CommandReader.Read(
        "replay", Encoding.UTF8.GetBytes($$$"""{"transaction":"{{{transaction}}}","data":{"epoch":1,"from":{{{from}}}}}"""));
}
