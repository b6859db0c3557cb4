using System.Collections.Concurrent;
using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Messaging.Commands;
using BayEdge.Messaging.Tests.Publishing;
using BayEdge.TestKit;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.Messaging.Tests.Commands;

public sealed class CommandTopicTests
{
    private const int Limit = 60_000;

    private static readonly string Replies = Topics.Reply(Device.Site, Device.Name, "restart");

    [Fact(Timeout = Limit)]
    public async Task A_command_comes_with_what_its_reply_needs_and_the_reply_brings_it_back()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = Commanded(broker.Url, out var commands);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);
        using var caller = new MqttClientFactory().CreateMqttClient();
        var replies = new ConcurrentQueue<MqttApplicationMessage>();
        caller.ApplicationMessageReceivedAsync += received =>
        {
            replies.Enqueue(received.ApplicationMessage);
            return Task.CompletedTask;
        };
        await caller.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).Build(), cancelled);
        await caller.SubscribeAsync("answers/7", MqttQualityOfServiceLevel.AtLeastOnce, cancelled);

        await caller.PublishAsync(
            new MqttApplicationMessageBuilder()
                .WithTopic(Topics.Command(Device.Site, Device.Name, "restart"))
                .WithPayload("now")
                .WithResponseTopic("answers/7")
                .WithCorrelationData("id-7"u8.ToArray())
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .Build(),
            cancelled);
        await device.UntilAsync(() => !commands.IsEmpty, cancelled);
        var command = commands.Single();
        var fate = await device.Publisher.ReplyAsync(new OutboundReply(command.ResponseTopic!, Replies, "done"u8.ToArray(), command.CorrelationData));
        await device.UntilAsync(() => !replies.IsEmpty, cancelled);

        Assert.Equal(("restart", "now", false), (command.Name, Encoding.UTF8.GetString(command.Payload.Span), command.IsRetained));
        Assert.Equal(ReplyFate.Sent, fate);
        var reply = replies.Single();
        Assert.Equal(("done", "id-7"), (Encoding.UTF8.GetString(reply.Payload), Encoding.UTF8.GetString(reply.CorrelationData)));
    }

    [Fact(Timeout = Limit)]
    public async Task Over_MQTT_3_a_command_is_heard_and_answered_too()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var old = new OldBroker(broker.Port);
        await using var wire = await TopicTap.ConnectAsync(broker, Replies, cancelled);
        await using var caller = await TopicTap.ConnectAsync(broker, Topics.Command(Device.Site, Device.Name, "restart"), cancelled);
        await using var device = Commanded(old.Url, out var commands);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        await caller.SendAsync("now", cancelled);
        await device.UntilAsync(() => !commands.IsEmpty, cancelled);
        await device.Publisher.ReplyAsync(new OutboundReply(Replies, Replies, "done"u8.ToArray(), "id-7"u8.ToArray()));
        await device.UntilAsync(() => !wire.Said.IsEmpty, cancelled);

        Assert.Equal("done", wire.Said.Single());
    }

    [Fact(Timeout = Limit)]
    public async Task A_command_that_the_broker_kept_from_before_is_not_heard()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var caller = await TopicTap.ConnectAsync(broker, Topics.Command(Device.Site, Device.Name, "restart"), cancelled);
        await caller.SendAsync("of yesterday", cancelled, retain: true);

        await using var device = Commanded(broker.Url, out var commands);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);
        await caller.SendAsync("of now", cancelled);
        await device.UntilAsync(() => !commands.IsEmpty, cancelled);

        Assert.Equal(["of now"], commands.Select(command => Encoding.UTF8.GetString(command.Payload.Span)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reply_that_the_callers_topic_does_not_take_comes_on_the_devices_own()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), "topic readwrite bayedge/#\n", cancelled);
        await File.AppendAllTextAsync(Path.Combine(broker.Folder, "mosquitto.conf"), $"acl_file {Path.Combine(broker.Folder, "acl")}\n", cancelled);
        await broker.RestartAsync(cancelled);
        await using var wire = await TopicTap.ConnectAsync(broker, Replies, cancelled);
        await using var device = Commanded(broker.Url, out _);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        Assert.Equal(ReplyFate.Sent, await device.Publisher.ReplyAsync(new OutboundReply("forbidden", Replies, "done"u8.ToArray(), null)));
        await device.UntilAsync(() => !wire.Said.IsEmpty, cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task Replies_wait_for_the_broker_and_of_too_many_the_oldest_are_lost()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await broker.KillAsync();
        await using var device = Commanded(broker.Url, out _);

        var fates = Enumerable.Range(0, 40).Select(number => device.Publisher.ReplyAsync(
            new OutboundReply(Replies, Replies, Encoding.UTF8.GetBytes($"{number}"), null))).ToList();
        await broker.RestartAsync(cancelled);

        Assert.Equal(ReplyFate.Lost, await fates[0]);
        Assert.Equal(ReplyFate.Sent, await fates[^1]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_replay_sends_again_what_is_still_kept_and_nothing_before()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker, options => options with { AckPatience = TimeSpan.FromMinutes(5) });
        device.Store(10);
        await device.UntilAsync(() => central.Arrived.Count == 10, cancelled);
        await central.AckAsync("""{"epoch":1,"upTo":4}""", cancelled);
        await device.UntilAsync(() => device.Journal.GetStatus().Backlog == 6, cancelled);

        device.Publisher.Replay(new EventPosition(1, 7));
        await device.UntilAsync(() => central.Arrived.Count == 14, cancelled);

        Assert.Equal([7L, 8L, 9L, 10L], central.Arrived.Skip(10).Select(position => position.Sequence));
    }

    private static Device Commanded(string url, out ConcurrentQueue<InboundCommand> heard)
    {
        var device = new Device(url, options => options with { Commands = true });
        var commands = heard = new ConcurrentQueue<InboundCommand>();
        device.Publisher.CommandReceived += commands.Enqueue;
        return device;
    }
}
