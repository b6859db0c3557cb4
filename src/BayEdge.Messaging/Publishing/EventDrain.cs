using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>Sends what is stored, in order of each topic, over one connection, until the connection fails.</summary>
/// <remarks>
/// A new connection begins at the first unconfirmed event: what an earlier one had sent may have been lost by the
/// broker, and the central system drops what it already has. A topic that the broker takes nothing on waits alone.
/// </remarks>
internal sealed class EventDrain(
    BrokerConnection connection,
    IOutbox outbox,
    AckInbox acks,
    ReplayOrder replay,
    IDeliveryListener listener,
    MqttPublisherOptions options,
    HeldTopics held,
    DiskPatience disk,
    TimeProvider time,
    ILogger logger)
{
    private const int PageSize = 200;
    private const int LargestBatch = 500;
    private const int TriesBeforeQuarantine = 3;

    // An ack that repeats itself asks for what is missing; it is heard sooner than silence.
    private const int RepeatedAckHaste = 12;

    private readonly Queue<(OutboxEntry Entry, Task<MqttClientPublishReasonCode> Answer)> _inFlight = new();
    private readonly Queue<OutboxEntry> _page = new();

    // What the broker's word confirms, to be written together.
    private readonly List<EventPosition> _taken = [];

    // What the broker took, and the central system can confirm but has not.
    private Queue<EventPosition> _unheard = new();
    private EventPosition _read;
    private bool _hurried;
    private bool _ackCame;
    private int _ackWindow = options.AckWindow;
    private TimeSpan _patience = options.AckPatience;
    private long _lastSent = time.GetTimestamp();

    private bool ByCentral => options.Confirmation == DeliveryConfirmation.Central;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (replay.Take() is { } asked)
                Rewind(asked with { Sequence = asked.Sequence - 1 });
            AskForHeld(cancellationToken);
            await FillAsync(cancellationToken);
            if (_inFlight.TryDequeue(out var first))
                await SettleAsync(first.Entry, await first.Answer, cancellationToken);
            else
                await WaitForWorkAsync(cancellationToken);
        }
    }

    private void AskForHeld(CancellationToken cancellationToken)
    {
        foreach (var first in held.TakeDue())
        {
            if (acks.IsConfirmed(first.Position))
                Release(first);
            else
                Send(first, cancellationToken);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_inFlight.Count < connection.Window && !AckWindowIsFull() && await NextAsync(cancellationToken) is { } entry)
        {
            if (connection.Fits(entry.Topic, entry.Payload.Length))
                Send(entry, cancellationToken);
            else
                await SetAsideAsync(entry, $"its {entry.Payload.Length} bytes are more than the broker takes in one message.", cancellationToken);
        }
    }

    private void Send(OutboxEntry entry, CancellationToken cancellationToken) =>
        _inFlight.Enqueue((entry, connection.PublishEventAsync(entry.Topic, entry.Payload, cancellationToken)));

    private bool AckWindowIsFull() => ByCentral && _inFlight.Count + CountUnheard() >= _ackWindow;

    private int CountUnheard()
    {
        while (_unheard.TryPeek(out var oldest) && acks.IsConfirmed(oldest))
            _unheard.Dequeue();
        return _unheard.Count;
    }

    private async Task<OutboxEntry?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_page.Count == 0)
            {
                foreach (var read in await disk.RunAsync(() => outbox.Read(_read, PageSize), cancellationToken))
                    _page.Enqueue(read);
            }

            if (!_page.TryDequeue(out var entry))
                return null;

            _read = entry.Position;
            if (!acks.IsConfirmed(entry.Position) && !held.Contains(entry.Topic))
                return entry;
        }
    }

    private async Task SettleAsync(OutboxEntry entry, MqttClientPublishReasonCode reason, CancellationToken cancellationToken)
    {
        var verdict = PublishVerdicts.Of(reason);
        if (verdict == PublishVerdict.Taken)
        {
            await NoteTakenAsync(entry, cancellationToken);
            return;
        }

        var isNew = held.Add(entry);
        if (isNew)
            _unheard = new Queue<EventPosition>(_unheard.Where(position => !held.IsOutOfReach(position)));
        if (verdict == PublishVerdict.Unacceptable && held.CountFault(entry) >= TriesBeforeQuarantine)
            await SetAsideAsync(entry, $"the broker refused it {TriesBeforeQuarantine} times ({reason}).", cancellationToken);
        else if (isNew && verdict == PublishVerdict.NobodyListening)
            PublisherLog.NobodyListening(logger, entry.Topic);
        else if (isNew)
            PublisherLog.RefusedForNow(logger, entry.Position, reason);
    }

    private async Task NoteTakenAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (Release(entry))
            PublisherLog.TakenAgain(logger, entry.Topic);

        _lastSent = time.GetTimestamp();
        if (ByCentral)
        {
            if (!acks.IsConfirmed(entry.Position) && !held.IsOutOfReach(entry.Position))
                _unheard.Enqueue(entry.Position);
            return;
        }

        _taken.Add(entry.Position);
        if (_taken.Count >= LargestBatch)
            await WriteTakenAsync(cancellationToken);
    }

    private bool Release(OutboxEntry entry)
    {
        if (!held.Release(entry))
            return false;

        // What was passed over while the topic was held comes next.
        Rewind(entry.Position);
        return true;
    }

    private void Rewind(EventPosition after)
    {
        _page.Clear();
        _unheard = new Queue<EventPosition>(_unheard.Where(position => position <= after));
        if (after < _read)
            _read = after;
    }

    private async Task SetAsideAsync(OutboxEntry entry, string reason, CancellationToken cancellationToken)
    {
        await disk.RunAsync(() => outbox.Quarantine(entry.Position, reason), cancellationToken);
        PublisherLog.Quarantined(logger, entry.Position, reason);
        held.Release(entry);
        // Its notice has taken its place and is read from there.
        Rewind(entry.Position with { Sequence = entry.Position.Sequence - 1 });
    }

    private async Task WriteTakenAsync(CancellationToken cancellationToken)
    {
        _taken.RemoveAll(acks.IsConfirmed);
        if (_taken.Count == 0)
            return;

        listener.Confirmed(await disk.RunAsync(() => outbox.Confirm(_taken), cancellationToken));
        _taken.Clear();
    }

    private async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        await WriteTakenAsync(cancellationToken);
        var (confirmed, repeated) = acks.TakeNews();
        if (confirmed > 0)
        {
            _patience = options.AckPatience;
            _lastSent = time.GetTimestamp();
            // As narrow as the central system's steps allow: narrower, and it would be waited for again.
            _ackWindow = Math.Clamp(2 * confirmed, options.AckWindow, _ackWindow);
        }

        _ackCame |= confirmed > 0 || repeated;
        _hurried = confirmed == 0 && CountUnheard() > 0 && (_hurried || repeated);
        var untilResend = UntilResend();
        if (untilResend <= TimeSpan.Zero)
            SendAgain();
        else
            await WaitAsync(Least(untilResend, held.UntilDue()), cancellationToken);
    }

    /// <returns>Null when there is nothing to send again.</returns>
    private TimeSpan? UntilResend()
    {
        if (!ByCentral || (CountUnheard() == 0 && held.IsEmpty))
            return null;

        // No ack tells of what is out of reach, so silence is no sign that it was lost.
        var wait = CountUnheard() == 0 ? options.LongestAckPatience : _hurried ? _patience / RepeatedAckHaste : _patience;
        return wait - time.GetElapsedTime(_lastSent);
    }

    private void SendAgain()
    {
        if (CountUnheard() > 0)
        {
            PublisherLog.NotConfirmed(logger, (long)Math.Round(time.GetElapsedTime(_lastSent).TotalSeconds));
            // One that acknowledges rarely must not be waited for in vain; one that says nothing is away, and the broker queues for it.
            if (_ackCame && AckWindowIsFull())
                _ackWindow *= 2;
            _patience = Least(_patience * 2, options.LongestAckPatience)!.Value;
        }

        (_hurried, _ackCame) = (false, false);
        _lastSent = time.GetTimestamp();
        Rewind(default);
    }

    /// <summary>Ends with the time, with an ack, with an order to replay, or with a newly stored event.</summary>
    private async Task WaitAsync(TimeSpan? span, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A moment that came between asking and waiting is over already.
        var wait = span < TimeSpan.Zero ? TimeSpan.Zero : span ?? Timeout.InfiniteTimeSpan;
        Task[] causes = [
            Task.Delay(wait, time, over.Token),
            acks.WaitForNewsAsync(over.Token),
            replay.WaitAsync(over.Token),
            outbox.WaitForStoredAsync(over.Token)];
        await Task.WhenAny(causes);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
