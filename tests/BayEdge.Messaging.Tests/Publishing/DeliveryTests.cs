using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using Microsoft.Data.Sqlite;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class DeliveryTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Events_arrive_in_order_and_leave_the_device_once_the_central_system_has_them()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);

        device.Store(50);
        await device.UntilEmptyAsync(cancelled);

        var expected = Positions(50);
        Assert.Equal(expected, central.Arrived);
        Assert.Equal(0, device.Journal.GetStatus().Quarantined);
        Assert.Equal(expected, device.Heard.ConfirmedPositions);
    }

    [Fact(Timeout = Limit)]
    public async Task A_backlog_of_5000_events_drains_and_the_ledger_equals_the_truth()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled, "set_tcp_nodelay true");
        await broker.KillAsync();
        await using var device = new Device(broker);
        device.Store(5000);

        await broker.RestartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Positions(5000), central.Ledger);
        Assert.Equal(Positions(5000), device.Heard.ConfirmedPositions);
    }

    [Fact(Timeout = Limit)]
    public async Task Events_stored_while_the_broker_is_dead_arrive_after_it_is_back()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        device.Store(10);
        await device.UntilEmptyAsync(cancelled);

        await broker.KillAsync();
        device.Store(10);
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        await broker.RestartAsync(cancelled);
        await central.ReconnectAsync(broker.Port, cancelled);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Positions(20), central.Ledger);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_freezes_while_events_are_under_way_is_given_up_and_found_again()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        device.Store(10);
        await device.UntilEmptyAsync(cancelled);

        broker.Freeze();
        device.Store(10);
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        broker.Thaw();
        await device.UntilEmptyAsync(cancelled);

        Assert.Contains($"The broker {broker.Url} did not answer within 2 s", device.Heard.Disconnections.First(), StringComparison.Ordinal);
        Assert.Equal(Positions(20), central.Ledger);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_freezes_while_nothing_is_to_be_sent_is_noticed_by_the_pings()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker);
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        broker.Freeze();
        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);
        broker.Thaw();
        await device.UntilAsync(() => device.Heard.Connections == 2, cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_a_listener_events_are_kept_and_arrive_once_the_central_system_has_started()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker);
        device.Store(30);
        await device.UntilAsync(() => device.Log.Count(4005) > 0, cancelled);
        Assert.Equal(30, device.Journal.GetStatus().Backlog);

        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Positions(30), central.Ledger);
        Assert.Equal(1, device.Log.Count(4005));
    }

    [Fact(Timeout = Limit)]
    public async Task A_notice_of_the_device_that_nobody_listens_to_does_not_hold_up_the_bays()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var baysOnly = await CentralSystem.StartAsync(broker.Port, cancelled, filter: Topics.AllBayEvents());
        await using var device = new Device(broker);
        device.StoreNotice();
        device.Store(30);
        await device.UntilAsync(() => baysOnly.Ledger.Count == 30, cancelled);

        Assert.Equal(Positions(31).Skip(1), baysOnly.Ledger);
        Assert.Equal(31, device.Journal.GetStatus().Backlog);
        Assert.Equal(1, device.Log.Count(4005));
        Assert.Contains(Topics.DeviceEvents(Device.Site, Device.Name), device.Log.ToString(), StringComparison.Ordinal);

        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, filter: "bayedge/v1/+/+/#");
        await device.UntilEmptyAsync(cancelled);
        Assert.Contains(new EventPosition(1, 1), central.Ledger);
        await device.UntilAsync(() => device.Log.Count(4008) == 1, cancelled);
    }

    [Fact(Timeout = Limit)]
    public async Task A_topic_that_the_broker_forbids_does_not_hold_up_the_others()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        var rights = Path.Combine(broker.Folder, "rights");
        await File.WriteAllTextAsync(
            rights, "topic read #\ntopic write +/+/+/+/status\ntopic write +/+/+/+/ack\ntopic write +/+/+/+/bays/#\n", cancelled);
        await File.AppendAllTextAsync(Path.Combine(broker.Folder, "mosquitto.conf"), $"acl_file {rights}\n", cancelled);
        await broker.RestartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        device.StoreNotice();
        device.Store(5);
        await device.UntilAsync(() => central.Ledger.Count == 5, cancelled);

        await device.UntilAsync(() => device.Log.Count(4006) == 1, cancelled);
        Assert.Contains("event 1-0000000000000001 ", device.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_disk_that_cannot_note_what_was_confirmed_costs_no_connection()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker);
        // More than the journal remembers without writing it down.
        device.Store(100);
        await device.UntilAsync(() => central.Arrived.Count == 100, cancelled);
        await using (var other = new SqliteConnection($"Data Source={device.JournalFile};Pooling=False"))
        {
            await other.OpenAsync(cancelled);
            await using var writing = other.BeginTransaction();
            await using var write = other.CreateCommand();
            write.Transaction = writing;
            write.CommandText = "CREATE TABLE other (id INTEGER)";
            await write.ExecuteNonQueryAsync(cancelled);
            await central.AckAsync("""{"epoch":1,"upTo":100}""", cancelled);
            await device.UntilAsync(() => device.Log.Count(4013) == 1, cancelled);
        }

        await device.UntilEmptyAsync(cancelled);
        await device.UntilAsync(() => device.Log.Count(4014) == 1, cancelled);

        Assert.Empty(device.Heard.Disconnections);
    }

    [Fact(Timeout = Limit)]
    public async Task A_listener_that_fails_does_not_stop_the_delivery()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        device.Heard.Fault = new InvalidOperationException("no ear");

        device.Store(3);
        await device.UntilAsync(() => device.Journal.GetStatus().Backlog == 0, cancelled);

        Assert.Equal(1, device.Log.Count(4015));
        Assert.Equal(0, device.Log.Count(4003));
    }

    [Fact(Timeout = Limit)]
    public async Task Events_that_are_not_confirmed_are_sent_again()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker, options => options with { AckPatience = TimeSpan.FromMilliseconds(300) });

        device.Store(3);
        await device.UntilAsync(() => central.Arrived.Count >= 6, cancelled);

        Assert.Equal([.. Positions(3), .. Positions(3)], central.Arrived.Take(6));
        Assert.Equal(3, device.Journal.GetStatus().Backlog);
    }

    [Fact(Timeout = Limit)]
    public async Task An_ack_that_stands_still_is_heard_long_before_silence_is()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker, options => options with { AckPatience = TimeSpan.FromMilliseconds(12 * 200) });
        device.Store(4);
        await device.UntilAsync(() => central.Arrived.Count >= 4, cancelled);
        await central.AckAsync("""{"epoch":1,"upTo":2}""", cancelled);
        await device.UntilAsync(() => device.Journal.GetStatus().Backlog == 2, cancelled);

        await central.AckAsync("""{"epoch":1,"upTo":2}""", cancelled);
        await device.UntilAsync(() => central.Arrived.Count >= 6, cancelled);

        Assert.Equal([.. Positions(4), .. Positions(4).Skip(2)], central.Arrived.Take(6));
    }

    [Fact(Timeout = Limit)]
    public async Task Where_the_brokers_word_is_enough_events_leave_without_an_ack_but_not_without_a_listener()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var device = new Device(broker, options => options with { Confirmation = DeliveryConfirmation.Broker });
        device.Store(20);
        await device.UntilAsync(() => device.Log.Count(4005) > 0, cancelled);
        Assert.Equal(20, device.Journal.GetStatus().Backlog);

        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Positions(20), central.Ledger);
        Assert.Equal(Positions(20), device.Heard.ConfirmedPositions);
    }

    [Fact(Timeout = Limit)]
    public async Task An_event_too_large_for_the_broker_is_set_aside_and_its_notice_takes_its_place()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled, "max_packet_size 2000");
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);

        device.Store(2);
        device.Store(1, payloadBytes: 5000);
        device.Store(2);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Positions(5), central.Ledger);
        Assert.Equal(1, device.Journal.GetStatus().Quarantined);
        Assert.Equal(1, device.Log.Count(4007));
    }

    [Fact(Timeout = Limit)]
    public async Task Events_that_the_broker_forbids_are_kept_until_it_allows_them()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        var rights = Path.Combine(broker.Folder, "rights");
        const string OnlyStatus = "topic read #\ntopic write +/+/+/+/status\ntopic write +/+/+/+/ack\n";
        await File.WriteAllTextAsync(rights, OnlyStatus, cancelled);
        await File.AppendAllTextAsync(Path.Combine(broker.Folder, "mosquitto.conf"), $"acl_file {rights}\n", cancelled);
        await broker.RestartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);
        device.Store(5);
        await device.UntilAsync(() => device.Log.Count(4006) > 0, cancelled);
        Assert.Equal(5, device.Journal.GetStatus().Backlog);

        await File.WriteAllTextAsync(rights, OnlyStatus + "topic write #\n", cancelled);
        await broker.RestartAsync(cancelled);
        await central.ReconnectAsync(broker.Port, cancelled);
        await device.UntilEmptyAsync(cancelled);

        Assert.Equal(Positions(5), central.Ledger);
    }

    private static IEnumerable<EventPosition> Positions(int count) =>
        Enumerable.Range(1, count).Select(sequence => new EventPosition(1, sequence));
}
