using BayEdge.Messaging.Publishing;
using BayEdge.TestKit;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>Two devices with one name, which throw each other off.</summary>
public sealed class NamesakeTests
{
    private const int Limit = 60_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Beside_a_broker_that_says_nothing_the_alarm_comes_after_some_rounds_and_goes_when_it_is_quiet()
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);
        await using var device = new Device(broker, Impatient);
        for (var round = 1; device.Heard.Dangers.Count == 0; round++)
        {
            await device.UntilAsync(() => device.Heard.Connections >= round, Cancelled);
            Assert.InRange(round, 1, 8);
            using var namesake = await ConnectNamesakeAsync(broker.Port);
            await device.UntilAsync(() => device.Heard.Connections > round, Cancelled);
        }

        Assert.StartsWith($"The broker {broker.Url} lets this device in and soon hangs up, again and again: most likely another device", device.Heard.Dangers[0], StringComparison.Ordinal);
        await device.UntilAsync(() => device.Heard.Dangers.Count == 0, Cancelled);
        Assert.Equal((1, 1), (device.Log.Count(4019), device.Log.Count(4020)));
    }

    [Fact(Timeout = Limit)]
    public async Task Where_the_broker_names_the_cause_the_alarm_is_sure_and_the_waits_grow()
    {
        var port = LoopbackPorts.Free();
        using var broker = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).Build());
        await broker.StartAsync();
        await using var device = new Device($"mqtt://127.0.0.1:{port}", Impatient);
        for (var round = 1; round <= 3; round++)
        {
            await device.UntilAsync(() => device.Heard.Connections == round, Cancelled);
            using var namesake = await ConnectNamesakeAsync(port);
            await device.UntilAsync(() => device.Heard.Disconnections.Count == round, Cancelled);
        }

        await device.UntilAsync(() => device.Heard.Dangers.Count > 0, Cancelled);
        Assert.Equal(
            $"Another device with the same name is connected to mqtt://127.0.0.1:{port} as 'bayedge-sh-01-pi-01', and each takes the connection from the other: give one of the two another device id.",
            Assert.Single(device.Heard.Dangers));
        await device.UntilAsync(() => device.Heard.Dangers.Count == 0, Cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_is_restarted_again_and_again_is_no_namesake()
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);
        await using var device = new Device(broker, Impatient);
        for (var round = 1; round <= 7; round++)
        {
            await device.UntilAsync(() => device.Heard.Connections == round, Cancelled);
            await broker.KillAsync();
            // So long that the device asks in vain.
            await device.UntilAsync(() => device.Heard.Disconnections.Count(reason => reason.StartsWith("Nothing listens", StringComparison.Ordinal)) >= round, Cancelled);
            await broker.RestartAsync(Cancelled);
        }

        Assert.Equal(0, device.Log.Count(4019));
    }

    [Fact]
    public void The_waits_beside_a_namesake_grow_to_ten_minutes()
    {
        var options = new MqttPublisherOptions
        {
            Site = Device.Site,
            Device = Device.Name,
            Broker = new Contracts.BrokerAddress { Host = "broker", Port = 1883, Tls = false },
            BootId = "boot-1",
        };
        var watch = new NamesakeWatch(options, new Dangers(new RecordingListener(), new RecordingLog()), () => 1, TimeProvider.System);

        var waits = Enumerable.Range(0, 6).Select(_ => watch.Ended(BrokerFaultKind.TakenOver, wasConnected: true)!.Value.TotalMinutes);

        Assert.Equal([1.0, 2, 4, 8, 10, 10], waits);
    }

    private static MqttPublisherOptions Impatient(MqttPublisherOptions options) => options with
    {
        FirstRetry = TimeSpan.FromMilliseconds(20),
        LongestRetry = TimeSpan.FromMilliseconds(400),
        LongestRetryUnanswered = TimeSpan.FromMilliseconds(40),
        LongestRetryBesideNamesake = TimeSpan.FromMilliseconds(800),
        NamesakeQuiet = TimeSpan.FromSeconds(3),
    };

    private static async Task<IMqttClient> ConnectNamesakeAsync(int port)
    {
        var namesake = new MqttClientFactory().CreateMqttClient();
        await namesake.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("bayedge-sh-01-pi-01").WithProtocolVersion(MqttProtocolVersion.V500).Build(), Cancelled);
        return namesake;
    }
}
