using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Tests;

/// <summary>Consumers that share the work: one shared subscription, one ledger in PostgreSQL.</summary>
[Collection(Postgres.Name)]
public sealed class GroupTests(Postgres postgres)
{
    [Fact(Timeout = 60_000)]
    public async Task Two_consumers_of_a_group_share_a_devices_events_and_acknowledge_only_what_both_together_hold()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var address = await postgres.Server.CreateDatabaseAsync(cancellation);
        await using var one = await RunningConsumer.StartAsync(broker, cancellation, address, options => options with { Group = "central" });
        await using var two = await RunningConsumer.StartAsync(broker, cancellation, address, options => options with { Group = "central" });
        var day = WorkshopDay.Of(20);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAsync(TestDevice.From(1, 29), cancellation);
        await device.PublishAsync(TestDevice.From(31, day.Count), cancellation);
        await device.WaitForAckAsync(29, cancellation);
        await Eventually.HoldsAsync(() => one.Listener.StoredCount + two.Listener.StoredCount == day.Count - 1, "all but the hole", cancellation);
        Assert.DoesNotContain(device.Acks, ack => ack.UpTo > 29);
        await device.PublishAsync([30], cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);
        await one.StopAsync();
        await two.StopAsync();
        one.Ledger.Refresh();

        Assert.Equal([new SequenceRange(1, day.Count)], one.Ledger.Sources.Single().Value.Held);
        Assert.InRange(one.Listener.StoredCount, 1, (int)day.Count - 1);
        Assert.Equal(day.Count, one.Listener.StoredCount + two.Listener.StoredCount);
        Assert.Equal(day.Durations.Count, one.Ledger.ReadVisits().Count(visit => visit.IsFinished));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_consumer_of_a_group_that_dies_costs_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var address = await postgres.Server.CreateDatabaseAsync(cancellation);
        await using var one = await RunningConsumer.StartAsync(broker, cancellation, address, options => options with { Group = "central" });
        var day = WorkshopDay.Of(10);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await using (var two = await RunningConsumer.StartAsync(broker, cancellation, address, options => options with { Group = "central" }))
            await device.PublishAsync(TestDevice.From(1, 20), cancellation);

        await device.PublishAllAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);
        await one.StopAsync();

        Assert.Equal([new SequenceRange(1, day.Count)], one.Ledger.Sources.Single().Value.Held);
    }
}
