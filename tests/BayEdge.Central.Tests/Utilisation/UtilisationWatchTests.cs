using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Central.Tests.Ledger;
using BayEdge.Central.Utilisation;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.TestKit;
using MQTTnet;

namespace BayEdge.Central.Tests.Utilisation;

public sealed class UtilisationWatchTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_site_whose_bays_are_full_raises_one_alert_and_clears_it_when_they_empty()
    {
        using var ledger = CentralLedger.Open(null);
        LedgerRules.Take(ledger, Full(bays: 4, Nine.AddHours(-2)), 1, 2, 3, 4);
        var watch = new UtilisationWatch(ledger, SitePlans.None(TimeZoneInfo.Utc), site: null);

        var raised = watch.Look(Nine).Single();
        Assert.Equal(("sh-01", UtilisationLevel.High, 1.0, 4, Nine), (raised.Site, raised.Level, raised.Utilisation, raised.Bays, raised.Since));
        Assert.Empty(watch.Look(Nine.AddMinutes(1)));

        var left = Full(bays: 4, Nine.AddHours(-2), leave: Nine.AddMinutes(2));
        LedgerRules.Take(ledger, left, 5, 6, 7, 8);
        Assert.Empty(watch.Look(Nine.AddMinutes(3)));

        Assert.Equal(UtilisationLevel.Normal, watch.Look(Nine.AddMinutes(30)).Single().Level);
        Assert.Equal(Nine.AddMinutes(30), ledger.ReadAlerts().Single().ClearedAt);
    }

    [Fact]
    public void A_consumer_started_again_does_not_raise_a_standing_alert_anew()
    {
        using var folder = new TemporaryFolder();
        for (var start = 0; start < 2; start++)
        {
            using var ledger = CentralLedger.Open(folder.File("ledger.db"));
            LedgerRules.Take(ledger, Full(bays: 4, Nine.AddHours(-2)), 1, 2, 3, 4);
            Assert.Equal(1 - start, new UtilisationWatch(ledger, SitePlans.None(TimeZoneInfo.Utc), null).Look(Nine.AddMinutes(start)).Count);
        }
    }

    [Fact]
    public void Bays_that_are_known_by_their_state_only_count_as_vacant()
    {
        using var ledger = CentralLedger.Open(null);
        LedgerRules.Take(ledger, Full(bays: 2, Nine.AddHours(-2)), 1, 2);
        new Intake(ledger, acknowledges: true).Take(
            [.. Enumerable.Range(3, 2).Select(bay => new InboundMessage(Topics.BayState("sh-01", "pi-01", $"bay-0{bay}"), "{}"u8.ToArray()))]);

        Assert.Empty(new UtilisationWatch(ledger, SitePlans.None(TimeZoneInfo.Utc), null).Look(Nine));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_busy_site_is_published_on_its_topic_when_that_is_asked_for()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Tests.Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, change: options => options with
        {
            Plans = SitePlans.None(TimeZoneInfo.Utc), PublishUtilisation = true, UtilisationInterval = TimeSpan.FromMilliseconds(50),
        });
        var day = Full(bays: 2, TimeProvider.System.GetUtcNow().AddHours(-2));
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishAllAsync(cancellation);

        var (topic, payload) = await ReceiveRetainedAsync(broker, Topics.Utilisation("sh-01"), cancellation);

        ContractSchemas.AssertValid(topic, payload);
        Assert.Contains("\"level\":\"high\"", System.Text.Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
        Assert.Equal(UtilisationLevel.High, consumer.Listener.Levels.Single().Level);
    }

    private static async Task<(string Topic, byte[] Payload)> ReceiveRetainedAsync(
        MosquittoBroker broker, string topic, CancellationToken cancellationToken)
    {
        var came = new TaskCompletionSource<(string, byte[])>();
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += args =>
        {
            came.TrySetResult((args.ApplicationMessage.Topic, System.Buffers.BuffersExtensions.ToArray(args.ApplicationMessage.Payload)));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), cancellationToken);
        await client.SubscribeAsync(topic, cancellationToken: cancellationToken);
        return await came.Task.WaitAsync(cancellationToken);
    }

    private static WorkshopDay Full(int bays, DateTimeOffset since, DateTimeOffset? leave = null)
    {
        var day = new WorkshopDay();
        for (var bay = 1; bay <= bays; bay++)
            day.Add(EventTypes.VehicleEntered, since, WorkshopDay.Data($"visit-{bay}", $"bay-0{bay}", new Vehicle(), since));
        for (var bay = 1; bay <= bays && leave is not null; bay++)
        {
            var data = WorkshopDay.Data($"visit-{bay}", $"bay-0{bay}", new Vehicle(), leave.Value);
            day.Add(EventTypes.VehicleLeft, leave.Value, data with { EnteredAt = since, OccupiedSeconds = (leave.Value - since).TotalSeconds });
        }

        return day;
    }
}
