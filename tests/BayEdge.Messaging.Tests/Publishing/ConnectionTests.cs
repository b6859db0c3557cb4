using System.Collections.Concurrent;
using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.State;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.TestKit;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class ConnectionTests
{
    private const int Limit = 60_000;

    private static readonly string BayState = Topics.BayState(Device.Site, Device.Name, "bay-01");

    [Fact(Timeout = Limit)]
    public async Task A_wrong_password_is_tried_again_until_the_broker_takes_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        var passwords = Path.Combine(broker.Folder, "passwords");
        await SetPasswordAsync(passwords, "another", cancelled);
        await File.AppendAllTextAsync(Path.Combine(broker.Folder, "mosquitto.conf"), $"password_file {passwords}\n", cancelled);
        await broker.RestartAsync(cancelled);
        await using var device = new Device(
            broker, options => options with { Secrets = new Secrets { MqttUser = "bay", MqttPassword = "right" } });
        device.Store(3);
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        Assert.Equal(
            $"The broker {broker.Url} refuses the user 'bay': put the right user name and password into the secrets file, or allow "
            + "the account at the broker.",
            device.Heard.Disconnections.First());

        await SetPasswordAsync(passwords, "right", cancelled);
        await broker.RestartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal([1L, 2L, 3L], central.Ledger.Select(position => position.Sequence));
        Assert.DoesNotContain("right", device.Log.ToString().Replace("the right", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_late_subscriber_sees_the_newest_state_of_the_bay_and_the_device_online_with_its_range()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker);
        device.Publisher.Set(BayState, "occupied"u8.ToArray());
        device.Publisher.Set(BayState, "vacant"u8.ToArray());
        device.Store(2);
        await device.UntilAsync(() => device.Log.Count(4005) > 0, cancelled);

        await using var late = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await device.UntilAsync(() => late.Retained.GetValueOrDefault(BayState) == "vacant", cancelled);
        await device.UntilAsync(() => late.Statuses.LastOrDefault() is { LastSequence: 2 }, cancelled);

        var status = late.Statuses.Last();
        Assert.Equal((DeviceConnection.Online, 1, 1L, 2L, 2L), (status.State, status.Epoch, status.FirstUnconfirmed, status.LastSequence, status.Backlog));
        Assert.NotNull(status.AsOf);
    }

    [Fact(Timeout = Limit)]
    public async Task A_check_of_the_broker_leaves_the_status_of_the_running_service_alone()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        await device.UntilAsync(() => !central.Statuses.IsEmpty, cancelled);

        Assert.Null(await BrokerProbe.FindFaultAsync(device.Options, TimeProvider.System, cancelled));
        // A broker sends a Will before it answers what comes after.
        await central.SendAsync(BayState, "heard", cancelled);
        await device.UntilAsync(() => central.Retained.GetValueOrDefault(BayState) == "heard", cancelled);
        await using var late = await CentralSystem.StartAsync(broker.Port, cancelled);
        await device.UntilAsync(() => late.Retained.ContainsKey(BayState), cancelled);

        Assert.NotEmpty(central.Retained[Topics.Status(Device.Site, Device.Name)]);
        await device.UntilAsync(() => late.Statuses.Any(status => status.State == DeviceConnection.Online), cancelled);
        Assert.Equal(1, device.Heard.Connections);
    }

    [Fact(Timeout = Limit)]
    public async Task A_status_that_somebody_cleared_comes_back()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker, options => options with { StatusRefresh = options.StatusInterval });
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await device.UntilAsync(() => !central.Statuses.IsEmpty, cancelled);

        await central.SendAsync(Topics.Status(Device.Site, Device.Name), "", cancelled);
        var before = central.Statuses.Count;
        await device.UntilAsync(() => central.Statuses.Count > before, cancelled);

        Assert.Equal(DeviceConnection.Online, central.Statuses.Last().State);
    }

    [Fact(Timeout = Limit)]
    public async Task Retained_topics_are_published_anew_to_a_broker_that_has_forgotten_them()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker);
        device.Publisher.Set(BayState, "vacant"u8.ToArray());
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        await broker.RestartAsync(cancelled);
        await device.UntilAsync(() => device.Heard.Connections == 2, cancelled);
        await using var late = await CentralSystem.StartAsync(broker.Port, cancelled);

        await device.UntilAsync(() => late.Retained.GetValueOrDefault(BayState) == "vacant", cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_stops_says_offline_itself()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        await device.StopAsync();
        await using var late = await CentralSystem.StartAsync(broker.Port, cancelled);
        await device.UntilAsync(() => !late.Statuses.IsEmpty, cancelled);

        var status = Assert.Single(late.Statuses);
        Assert.Equal(DeviceConnection.Offline, status.State);
        Assert.NotNull(status.AsOf);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_stops_also_when_the_broker_is_frozen()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker, options => options with { AnswerLimit = TimeSpan.FromHours(1) });
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        broker.Freeze();
        device.Store(1);
        await device.StopAsync();
        broker.Thaw();
    }

    [Fact(Timeout = Limit)]
    public async Task When_a_namesake_throws_a_device_out_the_broker_sends_its_will_and_the_device_comes_back()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        await device.UntilAsync(() => central.Statuses.Any(status => status.State == DeviceConnection.Online), cancelled);

        using var namesake = await ConnectNamesakeAsync(broker.Port, cancelled);

        await device.UntilAsync(
            () => central.Statuses.Any(status => status is { State: DeviceConnection.Offline, AsOf: null }), cancelled);
        await device.UntilAsync(() => device.Heard.Connections == 2, cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_names_the_namesake_lets_the_device_say_so()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var port = LoopbackPorts.Free();
        using var broker = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).Build());
        await broker.StartAsync();
        await using var device = new Device($"mqtt://127.0.0.1:{port}");
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        // Only a device at rest hears the reason; one that waits for an answer hears of the broken answer first.
        while ((await broker.GetRetainedMessagesAsync()).Count == 0)
            await Task.Delay(10, cancelled);

        using var namesake = await ConnectNamesakeAsync(port, cancelled);
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);

        Assert.Equal(
            $"Another device connected to mqtt://127.0.0.1:{port} with the client id 'bayedge-sh-01-pi-01': give each device its own id.",
            device.Heard.Disconnections.First());
    }

    [Fact(Timeout = Limit)]
    public async Task An_unreachable_broker_is_named_once_and_not_at_every_attempt()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var url = $"mqtt://127.0.0.1:{LoopbackPorts.Free()}";
        await using var device = new Device(url, options => options with { LongestRetryUnanswered = options.FirstRetry / 10 });

        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        await Task.Delay(300, cancelled);

        Assert.Equal(
            $"Nothing listens at {url}: check that the broker runs, and its host and port.", Assert.Single(device.Heard.Disconnections));
        Assert.Equal(1, device.Log.Count(4002));
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_knows_only_MQTT_3_is_spoken_to_in_MQTT_3()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var old = new OldBroker(broker.Port);
        await using var device = new Device(old.Url);

        device.Store(3);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal([1L, 2L, 3L], central.Ledger.Select(position => position.Sequence));
        Assert.Equal([5, 4], old.AskedVersions.Take(2));
    }

    [Fact(Timeout = Limit)]
    public async Task Expected_vehicles_are_heard_and_a_malformed_list_leaves_the_one_before()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await central.SendAsync(
            Topics.Vehicles(Device.Site), """{"vehicles":[{"ref":"WO-1001","plate":"沪AD12345","tags":["E280"]}]}""", cancelled);
        var lists = new ConcurrentQueue<ExpectedVehicles>();
        await using var device = new Device(broker, hear: lists.Enqueue);
        await device.UntilAsync(() => !lists.IsEmpty, cancelled);

        await central.SendAsync(Topics.Vehicles(Device.Site), "not json", cancelled);
        await central.SendAsync(Topics.Vehicles(Device.Site), """{"vehicles":[]}""", cancelled);
        await device.UntilAsync(() => lists.Count == 2, cancelled);

        Assert.Equal("沪AD12345", Assert.Single(lists.First().Vehicles).Plate);
        Assert.Empty(lists.Last().Vehicles);
        Assert.Equal(1, device.Log.Count(4011));
    }

    private static async Task<IMqttClient> ConnectNamesakeAsync(int port, CancellationToken cancellationToken)
    {
        var namesake = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithClientId("bayedge-sh-01-pi-01")
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .Build();
        await namesake.ConnectAsync(options, cancellationToken);
        return namesake;
    }

    private static async Task SetPasswordAsync(string file, string password, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(file, $"bay:{password}\n", Encoding.ASCII, cancellationToken);
        var (exitCode, output) = await ToolProcess.RunAsync("mosquitto_passwd", ["-U", file], cancellationToken);
        Assert.True(exitCode == 0, output);
    }
}
