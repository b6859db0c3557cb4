using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class AckTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"epoch":1}""")]
    [InlineData("""{"upTo":1}""")]
    [InlineData("""{"epoch":0,"upTo":1}""")]
    [InlineData("""{"epoch":1,"upTo":-1}""")]
    [InlineData("""{"epoch":1,"upTo":1.5}""")]
    [InlineData("""{"epoch":"1","upTo":"1"}""")]
    [InlineData("""{"epoch":1,"upTo":99999999999999999999}""")]
    [InlineData("""{"epoch":1,"upTo":1} and more""")]
    public void What_is_no_ack_is_refused_with_a_reason(string text)
    {
        Assert.False(AckInbox.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem);
        Assert.DoesNotContain("BayEdge.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ack_beyond_all_measure_is_not_even_parsed()
    {
        var padded = """{"epoch":1,"upTo":1}""".PadRight(300);
        Assert.False(AckInbox.TryParse(Encoding.UTF8.GetBytes(padded), out _, out var problem));
        Assert.Equal("it has 300 bytes, more than 256", problem);
    }

    [Fact(Timeout = 60_000)]
    public async Task Malformed_foreign_and_impossible_acks_change_nothing_and_are_said_once()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker);
        device.Store(5);
        await device.UntilAsync(() => central.Arrived.Count == 5, cancelled);

        string[] bad = ["not json", "{}", """{"epoch":2,"upTo":1}""", """{"epoch":1,"upTo":6}""", """{"epoch":1,"upTo":-5}""", new('x', 5000)];
        foreach (var ack in bad)
            await central.AckAsync(ack, cancelled);
        // Acks are heard in order, so when this one counts, the others have been heard.
        await central.AckAsync("""{"epoch":1,"upTo":1}""", cancelled);
        await device.UntilAsync(() => device.Journal.GetStatus().Backlog < 5, cancelled);

        Assert.Equal(4, device.Journal.GetStatus().Backlog);
        Assert.Equal(1, device.Log.Count(4004));
        Assert.Empty(device.Heard.Disconnections);
        await central.AckAsync("""{"epoch":1,"upTo":5}""", cancelled);
        await device.UntilEmptyAsync(cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_ack_of_what_was_never_given_out_does_not_open_the_window()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker, options => options with { AckWindow = 5 });
        device.Store(20);
        await device.UntilAsync(() => central.Arrived.Count == 5, cancelled);

        await central.AckAsync("""{"epoch":1,"upTo":9000000000000000000}""", cancelled);
        await device.UntilAsync(() => device.Log.Count(4004) == 1, cancelled);
        await central.AckAsync("""{"epoch":1,"upTo":1}""", cancelled);
        await device.UntilAsync(() => central.Arrived.Count > 5, cancelled);

        Assert.Equal(new EventPosition(1, 6), Assert.Single(central.Arrived.Skip(5)));
    }
}
