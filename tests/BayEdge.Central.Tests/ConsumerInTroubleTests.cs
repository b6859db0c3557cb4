using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Tests;

/// <summary>What the consumer makes of late beginnings, new epochs, rubbish and a broker that does not answer.</summary>
public sealed class ConsumerInTroubleTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_late_consumer_begins_where_the_devices_status_says()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(4);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishStatusAsync(firstUnconfirmed: 7, cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);

        await device.PublishAsync(TestDevice.From(7, day.Count), cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        Assert.Empty(consumer.Listener.Gaps);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_late_consumer_without_a_status_stores_but_acknowledges_only_when_the_status_comes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(4);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAsync(TestDevice.From(7, day.Count), cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.StoredCount == day.Count - 6, "the events to be stored", cancellation);
        await TestDevice.LetAcksPassAsync(broker.Port, cancellation);
        Assert.Empty(device.Acks);
        await device.PublishStatusAsync(firstUnconfirmed: 7, cancellation);

        await device.WaitForAckAsync(day.Count, cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task Events_that_the_device_forgot_are_said_to_be_lost_and_the_rest_is_acknowledged()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(4);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAsync([1, 2, .. TestDevice.From(5, day.Count)], cancellation);
        await device.WaitForAckAsync(2, cancellation);
        await device.PublishStatusAsync(firstUnconfirmed: 5, cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        Assert.Equal(["opened 1: 3 to 4", "lost 1: 3 to 4"], consumer.Listener.Gaps);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_new_epoch_of_a_known_device_begins_at_one_and_shows_what_is_missing_of_the_old()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var old = WorkshopDay.Of(2, epoch: 1);
        await using var before = await TestDevice.ConnectAsync(broker.Port, old, cancellation);
        await before.PublishAsync(TestDevice.From(1, 4), cancellation);
        await before.WaitForAckAsync(4, cancellation);

        var fresh = new WorkshopDay(epoch: 2);
        var at = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
        fresh.AddGap(new GapData { Reason = "journal-damaged", From = at, To = at, PreviousEpoch = 1, PreviousLastSequence = old.Count });
        fresh.AddVisit("visit-2-0", "bay-01", "沪AD10009", TimeSpan.FromHours(7), TimeSpan.FromHours(1));
        await using var after = await TestDevice.ConnectAsync(broker.Port, fresh, cancellation);
        await after.PublishAsync([2], cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.Gaps.Contains("opened 2: 1"), "the first event to be missed", cancellation);
        await after.PublishAllAsync(cancellation);
        await after.WaitForAckAsync(fresh.Count, cancellation);
        Assert.Contains("opened 1: 5 to 6", consumer.Listener.Gaps);

        await before.PublishAsync([5, 6], cancellation);
        await before.WaitForAckAsync(old.Count, cancellation);
        await consumer.StopAsync();

        Assert.All(consumer.Ledger.Sources.Values, source => Assert.Empty(source.Missing));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_late_consumer_takes_over_a_backlog_that_begins_in_an_epoch_before()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var old = WorkshopDay.Of(3, epoch: 1);
        var fresh = WorkshopDay.Of(2, epoch: 2);
        await using var before = await TestDevice.ConnectAsync(broker.Port, old, cancellation);
        await using var after = await TestDevice.ConnectAsync(broker.Port, fresh, cancellation);
        await after.PublishStatusAsync(firstUnconfirmed: 8, cancellation, firstUnconfirmedEpoch: 1);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);

        await before.PublishAsync([8, 9], cancellation);
        await after.PublishAsync([2, 3], cancellation);
        await before.WaitForAckAsync(9, cancellation);
        await TestDevice.LetAcksPassAsync(broker.Port, cancellation);
        Assert.DoesNotContain(after.Acks, ack => ack.Epoch == 2);
        await after.PublishAllAsync(cancellation);

        await after.WaitForAckAsync(fresh.Count, cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_missing_of_an_old_epoch_is_lost_once_the_device_keeps_only_newer_events()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var old = WorkshopDay.Of(2, epoch: 1);
        var fresh = WorkshopDay.Of(1, epoch: 2);
        await using var before = await TestDevice.ConnectAsync(broker.Port, old, cancellation);
        await using var after = await TestDevice.ConnectAsync(broker.Port, fresh, cancellation);

        await before.PublishAsync([1, 2, 5], cancellation);
        await before.WaitForAckAsync(2, cancellation);
        await after.PublishStatusAsync(firstUnconfirmed: 1, cancellation);
        await after.PublishAllAsync(cancellation);
        await after.WaitForAckAsync(fresh.Count, cancellation);

        Assert.Equal(["opened 1: 3 to 4", "lost 1: 3 to 4"], consumer.Listener.Gaps);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_malformed_message_is_said_in_a_sentence_and_nothing_behind_it_is_acknowledged()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(2);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        var truncated = day[3].Payload[..^20];

        await device.PublishAsync([1, 2], cancellation);
        await device.PublishRawAsync(day[3].Topic, truncated, cancellation);
        await device.PublishRawAsync(Topics.Status(day.Site, day.Device), "{\"state\":\"asleep\"}"u8.ToArray(), cancellation);
        await device.PublishAsync([4, 5, 6], cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.StoredCount == 5, "the good events", cancellation);
        await device.WaitForAckAsync(2, cancellation);
        await TestDevice.LetAcksPassAsync(broker.Port, cancellation);

        Assert.DoesNotContain(device.Acks, ack => ack.UpTo > 2);
        Assert.Collection(
            consumer.Listener.Problems,
            problem => Assert.StartsWith($"{day[3].Topic}: expected a CloudEvent as JSON, but ", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith(
                "bayedge/v1/sh-01/pi-01/status: expected a device status as JSON, but ", problem, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_number_that_comes_again_with_other_content_is_told_and_the_first_word_stays()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(1);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(day[3].Payload).Replace("3723.5", "10", StringComparison.Ordinal));

        await device.PublishAllAsync(cancellation);
        await device.PublishRawAsync(day[3].Topic, other, cancellation);
        await Eventually.HoldsAsync(() => !consumer.Listener.Problems.IsEmpty, "the contradiction to be told", cancellation);
        await consumer.StopAsync();

        Assert.Contains("came before with other content", consumer.Listener.Problems.Single(), StringComparison.Ordinal);
        Assert.Equal(3723.5, consumer.Ledger.ReadVisits().Single().OccupiedSeconds);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_ledger_that_cannot_be_written_holds_the_acknowledgement_back_until_it_can()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, folder.File("ledger.db"));
        var day = WorkshopDay.Of(2);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        using (var other = new SqliteConnection($"Data Source={folder.File("ledger.db")};Pooling=false"))
        {
            other.Open();
            using var blocker = other.BeginTransaction();
            await device.PublishAllAsync(cancellation);
            await Eventually.HoldsAsync(() => !consumer.Listener.Problems.IsEmpty, "the lock to be told", cancellation);
            Assert.Empty(device.Acks);
        }

        await device.WaitForAckAsync(day.Count, cancellation);
        Assert.Contains("close the program that locks it", consumer.Listener.Problems.First(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_consumers_with_one_client_id_are_told_so()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var first = await RunningConsumer.StartAsync(
            broker, cancellation, change: options => options with { ClientId = "central" });
        await using var second = await RunningConsumer.StartAsync(
            broker, cancellation, change: options => options with { ClientId = "central" });

        await Eventually.HoldsAsync(() => !first.Listener.Disconnects.IsEmpty, "the first to be put out", cancellation);

        Assert.Contains("another client has the same client id", first.Listener.Disconnects.First(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_the_site_asked_for_is_heard()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(
            broker, cancellation, change: options => options with { Site = "sh-01" });
        var elsewhere = new WorkshopDay(site: "bj-01");
        elsewhere.AddVisit("visit-1", "bay-01", "京AD10001", TimeSpan.Zero, TimeSpan.FromHours(1));
        var here = WorkshopDay.Of(1);
        await using var deviceElsewhere = await TestDevice.ConnectAsync(broker.Port, elsewhere, cancellation);
        await using var deviceHere = await TestDevice.ConnectAsync(broker.Port, here, cancellation);

        await deviceElsewhere.PublishAllAsync(cancellation);
        await deviceHere.PublishAllAsync(cancellation);
        await deviceHere.WaitForAckAsync(here.Count, cancellation);

        Assert.Equal([new EventSource("sh-01", "pi-01", 1)], consumer.Ledger.Sources.Keys);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broker_that_freezes_is_noticed_and_reached_again_once_it_thaws()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, change: options => options with
        {
            PingInterval = TimeSpan.FromMilliseconds(100),
            AnswerLimit = TimeSpan.FromMilliseconds(500),
        });

        broker.Freeze();
        await Eventually.HoldsAsync(() => !consumer.Listener.Disconnects.IsEmpty, "the silence to be noticed", cancellation);
        broker.Thaw();
        await Eventually.HoldsAsync(() => consumer.Listener.Connections >= 2, "the consumer to connect again", cancellation);

        Assert.Contains("did not answer a ping within 0.5 s", consumer.Listener.Disconnects.First(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Refused_credentials_are_said_and_tried_again_until_somebody_mends_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation, "allow_anonymous false");
        using var ledger = Central.Ledger.CentralLedger.Open(null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listener = new RecordingListener();
        Assert.True(BrokerAddress.TryParse(broker.Url, out var address, out _));
        var options = new CentralOptions
        {
            Broker = address!,
            Login = new BrokerLogin { UserName = "central", Password = "wrong" },
            FirstRetry = TimeSpan.FromMilliseconds(20),
        };
        var run = new CentralConsumer(options, ledger, listener, TimeProvider.System).RunAsync(stop.Token);

        await Eventually.HoldsAsync(() => listener.Disconnects.Count >= 3, "three attempts", cancellation);
        await stop.CancelAsync();
        await run;

        Assert.All(listener.Disconnects, reason => Assert.Contains("check its user name and password", reason, StringComparison.Ordinal));
    }
}
