using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>Sends what is stored, in order, over one connection, until the connection fails.</summary>
/// <remarks>
/// A new connection begins at the first unconfirmed event: what an earlier one had sent may have been lost by the
/// broker, and the central system drops what it already has.
/// </remarks>
internal sealed class EventDrain(
    BrokerConnection connection,
    IOutbox outbox,
    AckInbox acks,
    IDeliveryListener listener,
    MqttPublisherOptions options,
    Backoff holds,
    TimeProvider time,
    ILogger logger)
{
    private const int PageSize = 200;
    private const int LargestBatch = 500;
    private const int TriesBeforeQuarantine = 3;

    // An ack that repeats itself asks for what is missing; it is heard sooner than silence.
    private const int RepeatedAckHaste = 12;

    // The central system's ack mostly comes sooner, and then nothing need be written.
    private static readonly TimeSpan NoteSentAfter = TimeSpan.FromSeconds(1);

    private readonly Queue<(OutboxEntry Entry, Task<MqttClientPublishReasonCode> Answer)> _inFlight = new();
    private readonly Queue<OutboxEntry> _page = new();
    private readonly List<EventPosition> _taken = [];
    private readonly Queue<EventPosition> _unheard = new();
    private EventPosition _read;
    private EventPosition _troubled;
    private int _refusals;
    private bool _holding;
    private bool _hurried;
    private int _ackWindow = options.AckWindow;
    private TimeSpan _patience = options.AckPatience;
    private long _lastSent = time.GetTimestamp();

    private bool ByCentral => options.Confirmation == DeliveryConfirmation.Central;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Fill(cancellationToken);
            if (_inFlight.TryDequeue(out var first))
                await SettleAsync(first.Entry, await first.Answer, cancellationToken);
            else
                await WaitForWorkAsync(cancellationToken);
        }
    }

    private void Fill(CancellationToken cancellationToken)
    {
        // After a refusal a single event asks whether the way is free.
        var window = _holding ? 1 : connection.Window;
        while (_inFlight.Count < window && !AckWindowIsFull() && TryNext(out var entry))
        {
            if (connection.Fits(entry.Topic, entry.Payload.Length))
            {
                _unheard.Enqueue(entry.Position);
                _inFlight.Enqueue((entry, connection.PublishEventAsync(entry.Topic, entry.Payload, cancellationToken)));
                continue;
            }

            SetAside(entry.Position, $"its {entry.Payload.Length} bytes are more than the broker takes in one message.");
        }
    }

    private bool AckWindowIsFull()
    {
        while (_unheard.TryPeek(out var oldest) && acks.IsHeard(oldest))
            _unheard.Dequeue();
        return ByCentral && _unheard.Count >= _ackWindow;
    }

    private bool TryNext(out OutboxEntry entry)
    {
        if (_page.Count == 0)
        {
            foreach (var read in outbox.Read(_read, PageSize))
                _page.Enqueue(read);
        }

        while (_page.TryDequeue(out entry!))
        {
            _read = entry.Position;
            if (!acks.IsConfirmed(entry.Position))
                return true;
        }

        return false;
    }

    private async Task SettleAsync(OutboxEntry entry, MqttClientPublishReasonCode reason, CancellationToken cancellationToken)
    {
        switch (PublishVerdicts.Of(reason))
        {
            case PublishVerdict.Taken:
                NoteTaken(entry.Position);
                return;
            case PublishVerdict.Unacceptable when CountRefusal(entry.Position) >= TriesBeforeQuarantine:
                SetAside(entry.Position, $"the broker refused it {TriesBeforeQuarantine} times ({reason}).");
                return;
            case PublishVerdict.NobodyListening when !_holding:
                PublisherLog.NobodyListening(logger);
                break;
            case PublishVerdict.RefusedForNow or PublishVerdict.Unacceptable when !_holding:
                PublisherLog.RefusedForNow(logger, entry.Position, reason);
                break;
        }

        await HoldAsync(entry.Position, cancellationToken);
    }

    private void NoteTaken(EventPosition position)
    {
        if (_holding)
        {
            _holding = false;
            holds.Succeeded();
            PublisherLog.TakenAgain(logger);
        }

        _lastSent = time.GetTimestamp();
        _taken.Add(position);
        if (_taken.Count >= LargestBatch)
            WriteTaken();
    }

    /// <summary>Waits, then begins again with the event that was refused, so that the order stays.</summary>
    private async Task HoldAsync(EventPosition refused, CancellationToken cancellationToken)
    {
        _holding = true;
        while (_inFlight.TryDequeue(out var other))
        {
            if (PublishVerdicts.Of(await other.Answer) == PublishVerdict.Taken)
                _taken.Add(other.Entry.Position);
        }

        WriteTaken();
        Rewind(refused with { Sequence = refused.Sequence - 1 });
        await WaitAsync(holds.Next(), forStored: false, cancellationToken);
    }

    private void Rewind(EventPosition after)
    {
        _page.Clear();
        _unheard.Clear();
        _read = after;
    }

    private int CountRefusal(EventPosition position)
    {
        _refusals = position == _troubled ? _refusals + 1 : 1;
        _troubled = position;
        return _refusals;
    }

    private void SetAside(EventPosition position, string reason)
    {
        outbox.Quarantine(position, reason);
        PublisherLog.Quarantined(logger, position, reason);
        // Its notice has taken its place and is read from there.
        Rewind(position with { Sequence = position.Sequence - 1 });
    }

    private void WriteTaken()
    {
        _taken.RemoveAll(acks.IsConfirmed);
        if (_taken.Count == 0)
            return;

        if (ByCentral)
            outbox.MarkSent(_taken);
        else
            listener.Confirmed(outbox.Confirm(_taken));
        _taken.Clear();
    }

    private async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        if (!ByCentral || time.GetElapsedTime(_lastSent) >= NoteSentAfter)
            WriteTaken();

        var (progress, repeated) = acks.TakeNews();
        if (progress)
        {
            _patience = options.AckPatience;
            _lastSent = time.GetTimestamp();
        }

        _hurried = !progress && (_hurried || repeated);
        var untilResend = UntilResend();
        if (untilResend <= TimeSpan.Zero)
            SendAgain();
        else
            await WaitAsync(_taken.Count > 0 ? Least(untilResend, NoteSentAfter) : untilResend, forStored: true, cancellationToken);
    }

    /// <returns>Null when there is nothing to send again.</returns>
    private TimeSpan? UntilResend()
    {
        if (!ByCentral || outbox.Read(default, 1).Count == 0)
            return null;

        return (_hurried ? _patience / RepeatedAckHaste : _patience) - time.GetElapsedTime(_lastSent);
    }

    private void SendAgain()
    {
        PublisherLog.NotConfirmed(logger, time.GetElapsedTime(_lastSent).TotalSeconds);
        _hurried = false;
        // A central system that acknowledges more rarely than expected must not be waited for in vain.
        if (AckWindowIsFull())
            _ackWindow *= 2;
        _patience = Least(_patience * 2, options.LongestAckPatience);
        _lastSent = time.GetTimestamp();
        Rewind(default);
    }

    /// <summary>Ends with the time, with an ack, or with a newly stored event where that is of interest.</summary>
    private async Task WaitAsync(TimeSpan? span, bool forStored, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] causes = [
            Task.Delay(span ?? Timeout.InfiniteTimeSpan, time, over.Token),
            acks.WaitForNewsAsync(over.Token),
            forStored ? outbox.WaitForStoredAsync(over.Token) : Task.Delay(Timeout.InfiniteTimeSpan, time, over.Token)];
        await Task.WhenAny(causes);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TimeSpan Least(TimeSpan? span, TimeSpan other) => span < other ? span.Value : other;
}
