namespace BayEdge.Central.Tests;

/// <summary>When the consumer acknowledges what it holds, and when it keeps silent.</summary>
public sealed class AcknowledgementTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_consumer_that_only_watches_acknowledges_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var watcher = await RunningConsumer.StartAsync(
            broker, cancellation, change: options => options with { Acknowledge = false });
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(2);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await device.PublishAllAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);
        await consumer.StopAsync();
        device.Acks.Clear();
        await device.PublishAllAsync(cancellation);
        await Eventually.HoldsAsync(() => watcher.Listener.Duplicates == day.Count, "the watcher to see all twice", cancellation);
        await device.PublishStatusAsync(firstUnconfirmed: 1, cancellation);
        await watcher.StopAsync();

        Assert.Empty(device.Acks);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_missing_right_behind_the_last_acknowledgement_is_asked_for_by_saying_it_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(4);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishAsync(TestDevice.From(1, 6), cancellation);
        await device.WaitForAckAsync(6, cancellation);

        // As a device does that forgot what was acknowledged.
        await device.PublishStatusAsync(firstUnconfirmed: 7, cancellation);
        await device.PublishAsync(TestDevice.From(9, day.Count), cancellation);
        await Eventually.HoldsAsync(() => device.Acks.Count(ack => ack.UpTo == 6) >= 2, "the same ack again", cancellation);
        Assert.DoesNotContain(device.Acks, ack => ack.UpTo > 6);
        await device.PublishAsync([7, 8], cancellation);

        await device.WaitForAckAsync(day.Count, cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_device_sends_again_after_a_power_cut_is_acknowledged_though_it_had_said_that_it_was_confirmed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        var day = WorkshopDay.Of(2);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);
        await device.PublishAllAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);
        await device.PublishStatusAsync(firstUnconfirmed: null, cancellation);
        await Eventually.HoldsAsync(() => consumer.Listener.Statuses > 0, "the status", cancellation);
        device.Acks.Clear();

        await device.PublishAsync([day.Count], cancellation);

        await device.WaitForAckAsync(day.Count, cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_acknowledgement_that_the_broker_refuses_does_not_hold_up_those_of_other_devices()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var rights = Path.Combine(broker.Folder, "rights");
        await File.WriteAllTextAsync(rights, "topic read #\ntopic write +/+/+/+/bays/#\ntopic write +/+/+/pi-01/ack\n", cancellation);
        await File.AppendAllTextAsync(Path.Combine(broker.Folder, "mosquitto.conf"), $"acl_file {rights}\n", cancellation);
        await broker.RestartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(
            broker, cancellation, change: options => options with { FirstRetry = TimeSpan.FromMinutes(10), LongestRetry = TimeSpan.FromMinutes(10) });
        var day = WorkshopDay.Of(1);
        await using var refused = await TestDevice.ConnectAsync(broker.Port, WorkshopDay.Of(1, device: "pi-02"), cancellation);
        await using var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation);

        await refused.PublishAllAsync(cancellation);
        await Eventually.HoldsAsync(() => !consumer.Listener.FailedAcks.IsEmpty, "the refusal", cancellation);
        await device.PublishAllAsync(cancellation);
        await device.WaitForAckAsync(day.Count, cancellation);

        Assert.StartsWith("pi-02: ", Assert.Single(consumer.Listener.FailedAcks), StringComparison.Ordinal);
        Assert.Empty(refused.Acks);
    }
}
