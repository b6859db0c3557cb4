using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests;

/// <summary>The consumer against a real broker: what it holds is what the device sent, and it acknowledges no more than that.</summary>
public sealed class ConsumerTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_day_sent_in_order_stands_in_the_ledger_and_is_acknowledged_to_its_end()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(20);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAllAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        await AssertHoldsAsync(consumer, day);
        Assert.Empty(consumer.Listener.Gaps);
        Assert.All(TestDevice.From(1, day.Count), sequence => ContractSchemas.AssertValid(day[sequence].Topic, day[sequence].Payload));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_day_that_comes_shuffled_and_doubled_makes_the_same_visits()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(20);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        long[] sequences = [.. TestDevice.From(1, day.Count), .. TestDevice.From(1, day.Count)];
        new Random(7).Shuffle(sequences);

        await device.PublishAsync(sequences, cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        await Eventually.HoldsAsync(() => consumer.Listener.Duplicates == day.Count, "every second copy to be dropped", cancellation);
        await AssertHoldsAsync(consumer, day);
        Assert.StartsWith("closed", consumer.Listener.Gaps.Last(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hole_holds_the_acknowledgement_back_until_it_is_filled()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(4);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAsync([1, 2, 3, 4, .. TestDevice.From(6, day.Count)], cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.StoredCount == day.Count - 1, "all but the hole", cancellation);
        await device.WaitForAckAsync(4, cancellation);
        await device.PublishAsync([12], cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.Duplicates == 1, "the duplicate behind the hole", cancellation);
        await TestDevice.LetAcksPassAsync(broker.Port, cancellation);
        Assert.DoesNotContain(device.Acks, ack => ack.UpTo > 4);

        await device.PublishAsync([5], cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        await AssertHoldsAsync(consumer, day);
        Assert.Equal(["opened 1: 5", "closed 1"], consumer.Listener.Gaps);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_that_missed_the_acknowledgement_gets_it_again_when_it_sends_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(2);
        await using (var deaf = await TestDevice.ConnectAsync(broker.Port, day, cancellation))
        {
            await deaf.PublishAllAsync(cancellation);
            await deaf.WaitForAckAsync(day.Count, cancellation);
        }

        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishAsync([1], cancellation);

        await device.WaitForAckAsync(day.Count, cancellation);
        await AssertHoldsAsync(consumer, day);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_consumer_started_again_with_its_ledger_goes_on_where_it_was()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(6);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await using (var first = await RunningConsumer.StartAsync(broker, cancellation, folder.File("ledger.db")))
        {
            await device.PublishAsync(TestDevice.From(1, 8), cancellation);
            await device.WaitForAckAsync(8, cancellation);
        }

        // The broker keeps these for the absent consumer's session.
        await device.PublishAsync(TestDevice.From(9, 15), cancellation);
        await using var second = await RunningConsumer.StartAsync(broker, cancellation, folder.File("ledger.db"));
        await device.WaitForAckAsync(15, cancellation);
        await device.PublishAsync(TestDevice.From(9, day.Count), cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        await AssertHoldsAsync(second, day);
        Assert.Empty(second.Listener.Gaps);
        Assert.Equal(day.Count - 8, second.Listener.StoredCount);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broker_that_dies_costs_nothing_once_the_device_sends_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, folder.File("ledger.db"));
        var day = WorkshopDay.Of(6);
        await using (var before = await TestDevice.ConnectAsync(broker.Port, day, cancellation))
        {
            await before.PublishAsync(TestDevice.From(1, 7), cancellation);
            await before.WaitForAckAsync(7, cancellation);
        }

        await broker.RestartAsync(cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.Connections == 2, "the consumer to connect again", cancellation);
        await using var after = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await after.PublishAsync(TestDevice.From(5, day.Count), cancellation);
        await after.WaitForAckAsync(day.Count, cancellation);

        await AssertHoldsAsync(consumer, day);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broker_that_knows_only_MQTT_3_is_spoken_to_in_MQTT_3()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var old = new OldBroker(broker.Port);
        Assert.True(BrokerAddress.TryParse(old.Url, out var address, out _));
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, change: options => options with { Broker = address! });
        var day = WorkshopDay.Of(1);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAllAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        Assert.Equal([5, 4], old.AskedVersions);
        await AssertHoldsAsync(consumer, day);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fault_of_the_listener_ends_the_consumer_by_its_own_name()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        using var ledger = CentralLedger.Open(null);
        Assert.True(BrokerAddress.TryParse(broker.Url, out var address, out _));
        var run = new CentralConsumer(new CentralOptions { Broker = address! }, ledger, new DeafListener(), TimeProvider.System).RunAsync(cancellation);
        var day = WorkshopDay.Of(1);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishStatusAsync(firstUnconfirmed: 1, cancellation);

        Assert.Equal("no ear", (await Assert.ThrowsAsync<InvalidOperationException>(() => run)).Message);
    }

    private static async Task AssertHoldsAsync(RunningConsumer consumer, WorkshopDay day)
    {
        await consumer.StopAsync();
        Assert.Equal([new SequenceRange(1, day.Count)], consumer.Ledger.Sources[new EventSource(day.Site, day.Device, day.Epoch)].Held);
        var visits = consumer.Ledger.ReadVisits().Where(visit => visit.Device == day.Device).ToList();
        Assert.Equal(
            day.Durations.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            visits
                .Select(visit => KeyValuePair.Create(visit.VisitId, visit.OccupiedSeconds!.Value))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.All(visits, visit => Assert.Equal(visit.OccupiedSeconds, (visit.Left!.At - visit.Entered!.At).TotalSeconds));
        Assert.All(visits, visit => Assert.StartsWith("沪AD1", visit.Vehicle.Plate, StringComparison.Ordinal));
    }

    private sealed class DeafListener : ICentralListener
    {
        public void StatusReceived(string site, string device, DeviceStatus status) => throw new InvalidOperationException("no ear");
    }
}
