using BayEdge.Contracts;
using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>What a broker asks of its clients, and MQTTnet leaves to the application.</summary>
public sealed class BrokerLimitsTests
{
    private const int Limit = 60_000;

    private static readonly string Events = Topics.BayEvents(Device.Site, Device.Name, "bay-01");

    private static readonly string Status = Topics.Status(Device.Site, Device.Name);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task An_event_beyond_the_quota_is_kept_and_goes_out_in_its_order_once_there_is_room()
    {
        await using var broker = new ScriptedBroker { Answer = topic => topic == Events ? ScriptedBroker.QuotaExceeded : (byte)0 };
        await using var device = new Device(broker.Url, ByBroker);
        device.Store(3);
        await device.UntilAsync(() => device.Log.Count(4006) == 1 && broker.Published.Count(publish => publish.Topic == Events) >= 5, Cancelled);
        Assert.Equal((3L, 0L), (device.Journal.GetStatus().Backlog, device.Journal.GetStatus().Quarantined));

        broker.Answer = _ => 0;
        await device.UntilEmptyAsync(Cancelled);

        Assert.Equal([1L, 2L, 3L], device.Heard.ConfirmedPositions.Select(position => position.Sequence));
        Assert.Equal(1, device.Heard.Connections);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_wants_to_hear_something_every_second_does()
    {
        await using var broker = new ScriptedBroker();
        broker.ServerKeepAlive(1);
        await using var device = new Device(broker.Url, options => options with { KeepAlive = TimeSpan.FromHours(1) });

        await device.UntilAsync(() => broker.Pings >= 3, Cancelled);

        Assert.Equal(1, device.Heard.Connections);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_stops_in_the_middle_of_a_message_still_sends_the_rest_of_it_before_its_goodbye()
    {
        const int large = 16 * 1024 * 1024;
        await using var broker = new ScriptedBroker();
        var device = new Device(broker.Url, options => options with { AnswerLimit = TimeSpan.FromSeconds(20), StopLimit = TimeSpan.FromSeconds(20) });
        await device.UntilAsync(() => broker.Published.Any(publish => publish.Topic == Status), Cancelled);
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        broker.Reading = reading.Task;
        device.Publisher.Set(Events, new byte[large]);
        await Task.Delay(TimeSpan.FromMilliseconds(500), Cancelled);

        var stopped = device.DisposeAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled);
        reading.SetResult();
        await stopped;

        var last = broker.Published.TakeLast(2).ToList();
        Assert.Equal([Events, Status], last.Select(publish => publish.Topic));
        Assert.InRange(last[0].Bytes, large, large + 100);
    }

    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task No_more_is_under_way_than_the_broker_takes(int most)
    {
        await using var broker = new ScriptedBroker { HoldsBack = true };
        broker.ReceiveMaximum((ushort)most);
        await using var device = new Device(broker.Url, options => ByBroker(options) with { Window = 50, AnswerLimit = TimeSpan.FromSeconds(20) });
        device.Store(100);
        await device.UntilAsync(() => !broker.Published.IsEmpty, Cancelled);
        await Task.Delay(TimeSpan.FromMilliseconds(300), Cancelled);
        Assert.InRange(broker.Published.Count, 1, most);

        broker.HoldsBack = false;
        broker.Release();
        await device.UntilEmptyAsync(Cancelled);

        Assert.InRange(broker.MostUnanswered, 1, most);
    }

    [Fact(Timeout = Limit)]
    public async Task An_event_that_is_too_large_for_the_broker_is_set_aside_with_the_reason_and_the_others_go_out()
    {
        await using var broker = new ScriptedBroker();
        broker.MaximumPacketSize(2000);
        await using var device = new Device(broker.Url, ByBroker);
        device.Store(1);
        device.Store(1, payloadBytes: 3000);
        device.Store(1);
        await device.UntilAsync(() => device.Journal.GetStatus() is { Backlog: 0, Quarantined: 1 }, Cancelled);

        // The second is the notice in its place.
        Assert.Equal([1L, 2L, 3L], device.Heard.ConfirmedPositions.Select(position => position.Sequence));
        Assert.All(broker.Published, publish => Assert.InRange(publish.Bytes, 1, 2000));
        Assert.Equal("its 3000 bytes are more than the broker takes in one message.", ReasonOfQuarantine(device.JournalFile));
    }

    [Fact(Timeout = Limit)]
    public async Task An_event_just_as_large_as_the_broker_takes_goes_out()
    {
        await using var broker = new ScriptedBroker();
        broker.MaximumPacketSize(2000);
        await using var device = new Device(broker.Url, ByBroker);
        device.Store(1, payloadBytes: 1800);
        await device.UntilEmptyAsync(Cancelled);
        var more = 2000 - broker.Published.First(publish => publish.Topic == Events).Bytes;

        device.Store(1, payloadBytes: 1800 + more);
        await device.UntilEmptyAsync(Cancelled);

        Assert.Equal(2000, broker.Published.Where(publish => publish.Topic == Events).Max(publish => publish.Bytes));
        Assert.Equal(0, device.Journal.GetStatus().Quarantined);
    }

    private static Messaging.Publishing.MqttPublisherOptions ByBroker(Messaging.Publishing.MqttPublisherOptions options) =>
        options with { Confirmation = DeliveryConfirmation.Broker };

    private static string ReasonOfQuarantine(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT reason FROM quarantine";
        return (string)command.ExecuteScalar()!;
    }
}
