using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Tests;

/// <summary>Consumers with a ledger in PostgreSQL: several that share the work, and one whose database dies.</summary>
[Collection(Postgres.Name)]
public sealed class SharedLedgerTests(Postgres postgres)
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

    [Fact(Timeout = 60_000)]
    public async Task A_database_that_dies_under_a_consumer_holds_the_acknowledgement_back_and_costs_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, await postgres.Server.CreateDatabaseAsync(cancellation));
        var day = WorkshopDay.Of(10);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishAsync(TestDevice.From(1, 10), cancellation);
        await device.WaitForAckAsync(10, cancellation);

        await postgres.Server.KillAsync();
        await device.PublishAsync(TestDevice.From(8, day.Count), cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.Problems.Count >= 2, "the fault to be told", cancellation);
        Assert.DoesNotContain(device.Acks, ack => ack.UpTo > 10);
        await postgres.Server.RestartAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);
        await consumer.StopAsync();

        Assert.All(consumer.Listener.Problems, problem => Assert.Contains("check that the server runs", problem, StringComparison.Ordinal));
        Assert.Equal(
            day.Durations.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            consumer.Ledger.ReadVisits()
                .Select(visit => KeyValuePair.Create(visit.VisitId, visit.OccupiedSeconds!.Value))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }
}
