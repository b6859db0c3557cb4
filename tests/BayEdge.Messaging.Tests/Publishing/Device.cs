using System.Collections.Concurrent;
using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>A device as far as delivery goes: a real journal and the publisher, with short waits.</summary>
internal sealed class Device : IAsyncDisposable
{
    public const string Site = "sh-01";
    public const string Name = "pi-01";

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public Device(
        MosquittoBroker broker, Func<MqttPublisherOptions, MqttPublisherOptions>? adjust = null, Action<ExpectedVehicles>? hear = null)
        : this(broker.Url, adjust, hear)
    {
    }

    public Device(
        string url, Func<MqttPublisherOptions, MqttPublisherOptions>? adjust = null, Action<ExpectedVehicles>? hear = null)
    {
        Journal = SqliteJournal.Open(new JournalOptions { Folder = _folder.Path }, TimeProvider.System);
        Assert.True(BrokerAddress.TryParse(url, out var address, out var problem), problem);
        var options = new MqttPublisherOptions
        {
            Site = Site,
            Device = Name,
            Broker = address!,
            BootId = "boot-1",
            FirstRetry = TimeSpan.FromMilliseconds(100),
            LongestRetry = TimeSpan.FromSeconds(1),
            AnswerLimit = TimeSpan.FromSeconds(2),
            KeepAlive = TimeSpan.FromSeconds(2),
            AckPatience = TimeSpan.FromSeconds(5),
            StatusInterval = TimeSpan.FromMilliseconds(200),
        };
        Options = adjust?.Invoke(options) ?? options;
        Publisher = new MqttPublisher(
            Options, Journal, Heard, TimeProvider.System, Log, Random.Shared.NextDouble);
        Publisher.VehiclesExpected += hear;
        _running = Task.Run(() => Publisher.RunAsync(_stop.Token));
    }

    public MqttPublisherOptions Options { get; }

    public SqliteJournal Journal { get; }

    public string JournalFile => _folder.File("journal.db");

    public MqttPublisher Publisher { get; }

    public RecordingListener Heard { get; } = new();

    public RecordingLog Log { get; } = new();

    /// <summary>Journals events of a bay; the payload of each is its sequence, padded to the given size.</summary>
    public void Store(int count, int payloadBytes = 32) => Store(Topics.BayEvents(Site, Name, "bay-01"), count, payloadBytes);

    /// <summary>Journals an event that belongs to no bay.</summary>
    public void StoreNotice() => Store(Topics.DeviceEvents(Site, Name), 1, 32);

    private void Store(string topic, int count, int payloadBytes)
    {
        var events = Enumerable.Range(0, count).Select(_ => new PendingEvent(
            topic,
            DateTimeOffset.UnixEpoch,
            position => Encoding.ASCII.GetBytes($"{position.Epoch} {position.Sequence}".PadRight(payloadBytes))));
        foreach (var chunk in events.Chunk(1000))
            Journal.Append(chunk, Array.Empty<byte>());
    }

    public Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        Eventually.HoldsAsync(condition, () => Log.ToString(), cancellationToken);

    public Task UntilEmptyAsync(CancellationToken cancellationToken) => UntilAsync(
        () => Journal.GetStatus().Backlog == 0 && Heard.ConfirmedPositions.Count == Journal.LastSequence, cancellationToken);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Journal.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }
}

internal sealed class RecordingListener : IDeliveryListener
{
    public ConcurrentQueue<string> Disconnections { get; } = new();

    public ConcurrentQueue<EventPosition> ConfirmedPositions { get; } = new();

    public int Connections { get; private set; }

    public IReadOnlyList<string> Dangers { get; private set; } = [];

    public void Endangered(IReadOnlyList<Phrase> problems) => Dangers = [.. problems.Select(problem => problem.Text)];

    public void Connected(string broker) => Connections++;

    public void Disconnected(string reason) => Disconnections.Enqueue(reason);

    /// <summary>What the listener does instead of hearing of confirmations.</summary>
    public Exception? Fault { get; set; }

    public void Confirmed(IReadOnlyList<OutboxEntry> entries)
    {
        if (Fault is not null)
            throw Fault;
        foreach (var entry in entries)
            ConfirmedPositions.Enqueue(entry.Position);
    }
}

internal sealed class RecordingLog : ILogger<MqttPublisher>
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public int Count(int eventId) => _lines.Count(line => line.Id == eventId);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, $"{logLevel}: {formatter(state, exception)} {exception}"));

    public override string ToString() => string.Join('\n', _lines.Select(line => line.Text));
}
