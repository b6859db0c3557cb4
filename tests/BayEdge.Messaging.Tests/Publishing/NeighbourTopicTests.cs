using System.Collections.Concurrent;
using System.Text;
using BayEdge.Contracts;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class NeighbourTopicTests
{
    private const int Limit = 60_000;

    private static readonly string Topic = Topics.Neighbours(Device.Site);

    [Fact(Timeout = Limit)]
    public async Task Two_devices_hear_each_other_and_neither_hears_itself()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var here = Neighbour(broker, "pi-01", out var heardHere);
        await using var there = Neighbour(broker, "pi-02", out var heardThere);
        await here.UntilAsync(() => here.Heard.Connections + there.Heard.Connections == 2, cancelled);

        Say(here, "from here");
        Say(there, "from there");
        await here.UntilAsync(() => heardHere.Contains("from there") && heardThere.Contains("from here"), cancelled);

        Assert.DoesNotContain("from here", heardHere);
        Assert.DoesNotContain("from there", heardThere);
    }

    [Fact(Timeout = Limit)]
    public async Task Over_a_broker_that_knows_only_the_older_protocol_devices_hear_each_other_too()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var old = new OldBroker(broker.Port);
        await using var here = Neighbour(old.Url, "pi-01", out var heardHere);
        await using var there = Neighbour(old.Url, "pi-02", out _);
        await here.UntilAsync(() => here.Heard.Connections + there.Heard.Connections == 2, cancelled);

        Say(there, "from there");

        await here.UntilAsync(() => heardHere.Contains("from there"), cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_offered_while_the_broker_is_away_is_never_sent()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, cancelled);
        await using var device = Neighbour(broker, "pi-01", out _);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);
        Say(device, "before");
        await device.UntilAsync(() => wire.Said.Contains("before"), cancelled);

        await broker.KillAsync();
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        Say(device, "while it was away");
        await broker.RestartAsync(cancelled);
        await using var newWire = await TopicTap.ConnectAsync(broker, Topic, cancelled);
        await device.UntilAsync(() => device.Heard.Connections == 2, cancelled);
        Say(device, "after");
        await device.UntilAsync(() => newWire.Said.Contains("after"), cancelled);

        Assert.Equal(["after"], newWire.Said);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_no_longer_worth_sending_when_its_turn_comes_is_not_sent()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, cancelled);
        await using var device = Neighbour(broker, "pi-01", out _);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);
        var asked = 0;

        device.Publisher.OfferNeighbours(() =>
        {
            asked++;
            return null;
        });
        await device.UntilAsync(() => asked == 1, cancelled);
        Say(device, "next");
        await device.UntilAsync(() => wire.Said.Contains("next"), cancelled);

        Assert.Equal(["next"], wire.Said);
    }

    [Fact(Timeout = Limit)]
    public async Task A_retained_message_of_any_age_is_not_heard()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, cancelled);
        await wire.SendAsync("of yesterday", cancelled, retain: true);

        await using var device = Neighbour(broker, "pi-01", out var heard);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);
        await wire.SendAsync("of now", cancelled);
        await device.UntilAsync(() => heard.Contains("of now"), cancelled);

        Assert.DoesNotContain("of yesterday", heard);
    }

    [Fact(Timeout = Limit)]
    public async Task Neighbours_that_shout_and_a_broker_that_freezes_cost_no_event_and_no_order()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = Neighbour(broker, "pi-01", out var heard);
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, cancelled);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        device.Store(500);
        for (var number = 0; number < 200; number++)
        {
            Say(device, new string('x', 20_000));
            await wire.SendAsync(new string('y', 20_000), cancelled);
        }

        broker.Freeze();
        device.Store(500);
        for (var number = 0; number < 200; number++)
            Say(device, new string('x', 20_000));
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        broker.Thaw();
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Enumerable.Range(1, 1000).Select(number => (long)number), central.Ledger.Select(position => position.Sequence));
        Assert.NotEmpty(heard);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_keeps_to_itself_hears_nothing()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        var heard = 0;
        device.Publisher.NeighbourReported += _ => heard++;
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        await wire.SendAsync("anything", cancelled);
        device.Store(1);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(0, heard);
    }

    private static Device Neighbour(MosquittoBroker broker, string name, out ConcurrentQueue<string> heard) =>
        Neighbour(broker.Url, name, out heard);

    private static Device Neighbour(string broker, string name, out ConcurrentQueue<string> heard)
    {
        var device = new Device(broker, options => options with { Device = name, Neighbours = true });
        var said = heard = new ConcurrentQueue<string>();
        device.Publisher.NeighbourReported += payload => said.Enqueue(Encoding.UTF8.GetString(payload.Span));
        return device;
    }

    private static void Say(Device device, string text) => device.Publisher.OfferNeighbours(() => Encoding.UTF8.GetBytes(text));
}
