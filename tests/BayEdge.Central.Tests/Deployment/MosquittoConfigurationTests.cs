using BayEdge.Central.Listening;
using BayEdge.Contracts;
using MQTTnet;

namespace BayEdge.Central.Tests.Deployment;

/// <summary>The broker that deploy/central describes, as it is: who may do what, and that the work gets done.</summary>
public sealed class MosquittoConfigurationTests
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    [Fact(Timeout = 60_000)]
    public async Task The_central_role_receives_and_acknowledges_the_events_of_a_device()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        var (user, password) = await broker.AddDeviceAsync("sh-01", "pi-01", cancellation);
        var day = WorkshopDay.Of(2);
        using var output = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var options = new ListenOptions
        {
            Broker = broker.Url,
            Login = new BrokerLogin { UserName = "central", Password = broker.CentralPassword, CertificateAuthorityFile = broker.Authority },
            Acknowledge = true,
        };
        var listening = new ListenSession(options, TextWriter.Synchronized(output), TextWriter.Null, TimeProvider.System).RunAsync(stop.Token);
        await using var device = await SecuredClient.ConnectAsync(broker, user, password, cancellation);
        await device.SubscribeAsync(Topics.Ack("sh-01", "pi-01"), cancellation);

        for (var sequence = 1; sequence <= day.Count; sequence++)
            Assert.True(await device.PublishAsync(day[sequence].Topic, day[sequence].Payload, cancellation) < MqttClientPublishReasonCode.UnspecifiedError);
        await Eventually.HoldsAsync(() => device.Heard.Any(heard => heard.Text == """{"epoch":1,"upTo":6}"""), "the acknowledgement", cancellation);
        await stop.CancelAsync();

        Assert.Equal(0, await listening);
        Assert.Contains("visits 2", output.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_cannot_write_the_topics_of_another()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        var (user, password) = await broker.AddDeviceAsync("sh-01", "pi-01", cancellation);
        await broker.AddDeviceAsync("sh-01", "pi-02", cancellation);
        await using var central = await SecuredClient.ConnectAsync(broker, "central", broker.CentralPassword, cancellation);
        await central.SubscribeAsync("bayedge/v1/#", cancellation);
        await using var device = await SecuredClient.ConnectAsync(broker, user, password, cancellation);

        foreach (var topic in new[]
        {
            Topics.BayEvents("sh-01", "pi-02", "bay-01"), Topics.DeviceEvents("sh-01", "pi-02"), Topics.Status("sh-01", "pi-02"),
            Topics.Ack("sh-01", "pi-02"), Topics.Command("sh-01", "pi-02", "restart"), Topics.Status("bj-01", "pi-01"),
            Topics.Vehicles("sh-01"), Topics.Utilisation("sh-01"), Topics.Neighbours("bj-01"), "elsewhere",
        })
        {
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await device.PublishAsync(topic, Nothing, cancellation));
        }

        Assert.Equal(MqttClientPublishReasonCode.Success, await device.PublishAsync(Topics.Status("sh-01", "pi-01"), Nothing, cancellation));
        await Eventually.HoldsAsync(() => !central.Heard.IsEmpty, "the device's own status", cancellation);
        Assert.Equal([Topics.Status("sh-01", "pi-01")], central.Heard.Select(heard => heard.Topic));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_central_role_commands_a_device_and_hears_its_reply()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        var (user, password) = await broker.AddDeviceAsync("sh-01", "pi-01", cancellation);
        await using var central = await SecuredClient.ConnectAsync(broker, "central", broker.CentralPassword, cancellation);
        await central.SubscribeAsync(Topics.Reply("sh-01", "pi-01", "restart"), cancellation);
        await using var device = await SecuredClient.ConnectAsync(broker, user, password, cancellation);
        await device.SubscribeAsync(Topics.AllCommands("sh-01", "pi-01"), cancellation);

        await central.PublishAsync(Topics.Command("sh-01", "pi-01", "restart"), Nothing, cancellation);
        await Eventually.HoldsAsync(() => !device.Heard.IsEmpty, "the command", cancellation);
        await device.PublishAsync(Topics.Reply("sh-01", "pi-01", "restart"), Nothing, cancellation);

        await Eventually.HoldsAsync(() => !central.Heard.IsEmpty, "the reply", cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_cannot_read_what_is_for_others()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        var (user, password) = await broker.AddDeviceAsync("sh-01", "pi-01", cancellation);
        await using var central = await SecuredClient.ConnectAsync(broker, "central", broker.CentralPassword, cancellation);
        await using var device = await SecuredClient.ConnectAsync(broker, user, password, cancellation);
        foreach (var filter in new[] { "#", "bayedge/v1/#", Topics.Ack("sh-01", "+"), Topics.Vehicles("+"), "$share/thieves/bayedge/v1/#" })
            await device.SubscribeAsync(filter, cancellation);

        await central.PublishAsync(Topics.Ack("sh-01", "pi-02"), Nothing, cancellation);
        await central.PublishAsync(Topics.Command("sh-01", "pi-02", "restart"), Nothing, cancellation);
        await central.PublishAsync(Topics.Vehicles("bj-01"), Nothing, cancellation);
        await central.PublishAsync(Topics.Utilisation("sh-01"), Nothing, cancellation);
        await central.PublishAsync(Topics.Vehicles("sh-01"), Nothing, cancellation);
        await central.PublishAsync(Topics.Ack("sh-01", "pi-01"), Nothing, cancellation);
        await Eventually.HoldsAsync(() => device.Heard.Any(heard => heard.Topic == Topics.Ack("sh-01", "pi-01")), "its own ack", cancellation);

        Assert.Equal(
            [Topics.Vehicles("sh-01"), Topics.Ack("sh-01", "pi-01")],
            device.Heard.Select(heard => heard.Topic).Distinct());
    }

    [Fact(Timeout = 60_000)]
    public async Task Devices_of_a_site_tell_each_other_of_tags_and_those_of_another_hear_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        var credentials = new List<(string User, string Password)>();
        foreach (var (site, name) in new[] { ("sh-01", "pi-01"), ("sh-01", "pi-02"), ("bj-01", "pi-01") })
            credentials.Add(await broker.AddDeviceAsync(site, name, cancellation));
        await using var one = await SecuredClient.ConnectAsync(broker, credentials[0].User, credentials[0].Password, cancellation);
        await using var two = await SecuredClient.ConnectAsync(broker, credentials[1].User, credentials[1].Password, cancellation);
        await using var far = await SecuredClient.ConnectAsync(broker, credentials[2].User, credentials[2].Password, cancellation);
        await two.SubscribeAsync(Topics.Neighbours("sh-01"), cancellation);
        await far.SubscribeAsync(Topics.Neighbours("sh-01"), cancellation);
        await far.SubscribeAsync(Topics.Neighbours("bj-01"), cancellation);

        await one.PublishAsync(Topics.Neighbours("sh-01"), Nothing, cancellation);
        await Eventually.HoldsAsync(() => !two.Heard.IsEmpty, "the neighbour to hear", cancellation);
        await far.PublishAsync(Topics.Neighbours("bj-01"), Nothing, cancellation);
        await Eventually.HoldsAsync(() => !far.Heard.IsEmpty, "the far device to hear itself", cancellation);

        Assert.Equal([Topics.Neighbours("bj-01")], far.Heard.Select(heard => heard.Topic));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_only_watches_cannot_acknowledge_and_the_central_role_cannot_invent_events()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        await using var watch = await SecuredClient.ConnectAsync(broker, "watch", broker.WatchPassword, cancellation);
        await using var central = await SecuredClient.ConnectAsync(broker, "central", broker.CentralPassword, cancellation);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await watch.PublishAsync(Topics.Ack("sh-01", "pi-01"), Nothing, cancellation));
        Assert.Equal(
            MqttClientPublishReasonCode.NotAuthorized, await central.PublishAsync(Topics.BayEvents("sh-01", "pi-01", "bay-01"), Nothing, cancellation));
        Assert.True(await central.PublishAsync(Topics.Utilisation("sh-01"), Nothing, cancellation) < MqttClientPublishReasonCode.UnspecifiedError);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_comes_in_without_a_password_nor_without_TLS_nor_after_he_was_shut_out_nor_with_an_old_password()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await WorkshopBroker.StartAsync(cancellation);
        var (user, password) = await broker.AddDeviceAsync("sh-01", "pi-01", cancellation);
        var (other, otherPassword) = await broker.AddDeviceAsync("sh-01", "pi-02", cancellation);

        Assert.NotEqual(MqttClientConnectResultCode.Success, await ConnectAsync(null, null));
        Assert.NotEqual(MqttClientConnectResultCode.Success, await ConnectAsync(user, "guessed"));
        Assert.NotEqual(MqttClientConnectResultCode.Success, await ConnectAsync(user, otherPassword));
        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(user, password));
        await Assert.ThrowsAnyAsync<Exception>(() => SecuredClient.ConnectAsync(broker, user, password, cancellation, tls: false));

        await broker.RemoveDeviceAsync("sh-01", "pi-01", cancellation);
        Assert.NotEqual(MqttClientConnectResultCode.Success, await ConnectAsync(user, password));
        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(other, otherPassword));

        var (_, newPassword) = await broker.AddDeviceAsync("sh-01", "pi-02", cancellation);
        Assert.NotEqual(MqttClientConnectResultCode.Success, await ConnectAsync(other, otherPassword));
        Assert.Equal(MqttClientConnectResultCode.Success, await ConnectAsync(other, newPassword));

        async Task<MqttClientConnectResultCode> ConnectAsync(string? name, string? secret)
        {
            await using var client = await SecuredClient.ConnectAsync(broker, name, secret, cancellation);
            return client.Connected;
        }
    }
}
