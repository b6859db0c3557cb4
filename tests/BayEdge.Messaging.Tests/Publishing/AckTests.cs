using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class AckTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"epoch":1}""")]
    [InlineData("""{"upTo":1}""")]
    [InlineData("""{"epoch":0,"upTo":1}""")]
    [InlineData("""{"epoch":1,"upTo":-1}""")]
    [InlineData("""{"epoch":1,"upTo":1.5}""")]
    [InlineData("""{"epoch":"1","upTo":"1"}""")]
    [InlineData("""{"epoch":1,"upTo":99999999999999999999}""")]
    [InlineData("""{"epoch":1,"upTo":1} and more""")]
    public void What_is_no_ack_is_refused_with_a_reason(string text)
    {
        Assert.False(AckInbox.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem);
        Assert.DoesNotContain("BayEdge.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ack_beyond_all_measure_is_not_even_parsed()
    {
        var padded = """{"epoch":1,"upTo":1}""".PadRight(300);
        Assert.False(AckInbox.TryParse(Encoding.UTF8.GetBytes(padded), out _, out var problem));
        Assert.Equal("it has 300 bytes, more than 256", problem);
    }

    [Fact(Timeout = 60_000)]
    public async Task Malformed_foreign_and_impossible_acks_change_nothing_and_are_said_once()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker);
        device.Store(5);
        await device.UntilAsync(() => central.Arrived.Count == 5, cancelled);

        string[] bad = ["not json", "{}", """{"epoch":2,"upTo":1}""", """{"epoch":1,"upTo":6}""", """{"epoch":1,"upTo":-5}""", new('x', 5000)];
        foreach (var ack in bad)
            await central.AckAsync(ack, cancelled);
        // Acks are heard in order, so when this one counts, the others have been heard.
        await central.AckAsync("""{"epoch":1,"upTo":1}""", cancelled);
        await device.UntilAsync(() => device.Journal.GetStatus().Backlog < 5, cancelled);

        Assert.Equal(4, device.Journal.GetStatus().Backlog);
        Assert.Equal(1, device.Log.Count(4004));
        Assert.Empty(device.Heard.Disconnections);
        await central.AckAsync("""{"epoch":1,"upTo":5}""", cancelled);
        await device.UntilEmptyAsync(cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_ack_of_what_was_never_given_out_does_not_open_the_window()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        await using var device = new Device(broker, options => options with { AckWindow = 5 });
        device.Store(20);
        await device.UntilAsync(() => central.Arrived.Count == 5, cancelled);

        await central.AckAsync("""{"epoch":1,"upTo":9000000000000000000}""", cancelled);
        await device.UntilAsync(() => device.Log.Count(4004) == 1, cancelled);
        await central.AckAsync("""{"epoch":1,"upTo":1}""", cancelled);
        await device.UntilAsync(() => central.Arrived.Count > 5, cancelled);

        Assert.Equal(new EventPosition(1, 6), Assert.Single(central.Arrived.Skip(5)));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_window_stays_while_no_ack_comes_and_widens_for_a_central_system_that_acknowledges_rarely()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled, acknowledge: false);
        var patience = TimeSpan.FromMilliseconds(200);
        await using var device = new Device(broker, options => options with { AckWindow = 5, AckPatience = patience, LongestAckPatience = patience });
        device.Store(40);

        await device.UntilAsync(() => central.Arrived.Count >= 20, cancelled);
        Assert.Equal(5, central.Ledger.Count);
        await central.AckAsync("""{"epoch":1,"upTo":3}""", cancelled);
        await device.UntilAsync(() => central.Ledger.Count > 8, cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task Events_behind_one_that_the_broker_refuses_are_out_of_reach_of_acks_and_do_not_fill_the_window()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var (notices, events) = (Topics.DeviceEvents(Device.Site, Device.Name), Topics.BayEvents(Device.Site, Device.Name, "bay-01"));
        await using var broker = new ScriptedBroker { Answer = topic => topic == notices ? ScriptedBroker.QuotaExceeded : (byte)0 };
        await using var device = new Device(broker.Url, options => options with { AckWindow = 5, AckPatience = TimeSpan.FromHours(1) });
        device.StoreNotice();
        device.Store(50);

        await device.UntilAsync(() => broker.Published.Count(publish => publish.Topic == events) == 50, cancelled);

        Assert.Equal(51, device.Journal.GetStatus().Backlog);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_disk_is_sick_the_greatest_ack_waits_and_an_impossible_one_does_not_hide_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var (outbox, log) = (new SickOutbox(), new RecordingLog());
        var options = new MqttPublisherOptions
        {
            Site = Device.Site,
            Device = Device.Name,
            Broker = new BrokerAddress { Host = "127.0.0.1", Port = 1, Tls = false },
            BootId = "boot-1",
            FirstRetry = TimeSpan.FromMilliseconds(10),
            LongestRetry = TimeSpan.FromMilliseconds(10),
        };
        var inbox = new AckInbox(outbox, new RecordingListener(), new DiskPatience(options, () => 0.5, TimeProvider.System, log), log);
        var run = inbox.RunAsync(stop.Token);

        for (var upTo = 1; upTo <= SickOutbox.LastSequence + 1; upTo++)
            inbox.Receive(Encoding.UTF8.GetBytes($$"""{"epoch":1,"upTo":{{upTo}}}"""));
        outbox.IsSick = false;
        await Eventually.HoldsAsync(() => inbox.IsConfirmed(new EventPosition(1, SickOutbox.LastSequence)), log.ToString, cancelled);

        Assert.False(inbox.IsConfirmed(new EventPosition(1, SickOutbox.LastSequence + 1)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    /// <summary>Takes acks only while the disk does.</summary>
    private sealed class SickOutbox : IOutbox
    {
        public const long LastSequence = 1000;

        private volatile bool _isSick = true;

        public bool IsSick
        {
            get => _isSick;
            set => _isSick = value;
        }

        public int Epoch => 1;

        public IReadOnlyList<OutboxEntry> Confirm(int epoch, long upTo)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(upTo, LastSequence);
            if (IsSick)
                throw new StorageFaultException("The disk is sick.");
            return [];
        }

        public IReadOnlyList<OutboxEntry> Read(EventPosition after, int limit) => [];

        public IReadOnlyList<OutboxEntry> Confirm(IReadOnlyList<EventPosition> positions) => [];

        public void Quarantine(EventPosition position, string reason) => throw new NotSupportedException();

        public OutboxStatus GetStatus() => throw new NotSupportedException();

        public Task WaitForStoredAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
