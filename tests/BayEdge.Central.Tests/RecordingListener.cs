using System.Collections.Concurrent;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Tests;

internal sealed class RecordingListener : ICentralListener
{
    private int _connections;
    private int _stored;
    private int _duplicates;
    private int _statuses;

    public int Connections => _connections;

    public int StoredCount => _stored;

    public int Duplicates => _duplicates;

    public int Statuses => _statuses;

    public ConcurrentQueue<string> Disconnects { get; } = new();

    public ConcurrentQueue<string> Gaps { get; } = new();

    public ConcurrentQueue<string> Problems { get; } = new();

    public ConcurrentQueue<string> FailedAcks { get; } = new();

    public ConcurrentQueue<SiteUtilisation> Levels { get; } = new();

    public void UtilisationChanged(SiteUtilisation change) => Levels.Enqueue(change);

    public void Connected(string broker) => Interlocked.Increment(ref _connections);

    public void Disconnected(string reason) => Disconnects.Enqueue(reason);

    public void Stored(ReceivedEvent received, Visit? visit) => Interlocked.Increment(ref _stored);

    public void StatusReceived(string site, string device, DeviceStatus status) => Interlocked.Increment(ref _statuses);

    public void DroppedDuplicate(EventSource source, EventPosition position) => Interlocked.Increment(ref _duplicates);

    public void GapOpened(EventSource source, SequenceRange missing) => Gaps.Enqueue($"opened {source.Epoch}: {missing}");

    public void GapClosed(EventSource source) => Gaps.Enqueue($"closed {source.Epoch}");

    public void GapLost(EventSource source, SequenceRange lost) => Gaps.Enqueue($"lost {source.Epoch}: {lost}");

    public void AcknowledgementFailed(EventSource source, string problem) => FailedAcks.Enqueue($"{source.Device}: {problem}");

    public void LedgerFailed(string problem) => Problems.Enqueue(problem);

    public void Malformed(string topic, string problem) => Problems.Enqueue($"{topic}: {problem}");
}
