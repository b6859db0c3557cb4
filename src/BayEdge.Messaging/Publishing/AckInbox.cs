using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Channels;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Publishing;

/// <summary>Takes the central system's acks of one connection and forgets what they confirm.</summary>
internal sealed class AckInbox(IOutbox outbox, IDeliveryListener listener, ILogger logger)
{
    private const int MaximumBytes = 256;

    private readonly Channel<Ack> _received = Channel.CreateUnbounded<Ack>();
    private readonly ConcurrentDictionary<int, long> _heard = new();
    private readonly ConcurrentDictionary<int, long> _confirmed = new();
    private readonly Signal _news = new();
    private int _progress;
    private int _repeated;
    private bool _saidIgnored;

    /// <summary>Acks that said nothing usable.</summary>
    public int Ignored { get; private set; }

    /// <summary>Called by the connection, one at a time; does not wait for the disk.</summary>
    public void Receive(ReadOnlyMemory<byte> payload)
    {
        if (!TryParse(payload.Span, out var ack, out var problem))
        {
            Ignore(problem);
            return;
        }

        Raise(_heard, ack);
        _received.Writer.TryWrite(ack);
        _news.Raise();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _received.Reader.WaitToReadAsync(cancellationToken))
        {
            var acks = new List<Ack>();
            while (_received.Reader.TryRead(out var ack))
                acks.Add(ack);
            foreach (var epoch in acks.GroupBy(ack => ack.Epoch))
                ConfirmGreatest(epoch.OrderByDescending(ack => ack.UpTo));
        }
    }

    /// <summary>Whether an ack named the event, true or not: enough to send more, not to forget.</summary>
    public bool IsHeard(EventPosition position) => _heard.GetValueOrDefault(position.Epoch) >= position.Sequence;

    public bool IsConfirmed(EventPosition position) => _confirmed.GetValueOrDefault(position.Epoch) >= position.Sequence;

    /// <summary>Whether acks confirmed anything, or only repeated themselves, since the last call.</summary>
    public (bool Progress, bool Repeated) TakeNews() =>
        (Interlocked.Exchange(ref _progress, 0) != 0, Interlocked.Exchange(ref _repeated, 0) != 0);

    public Task WaitForNewsAsync(CancellationToken cancellationToken) => _news.WaitAsync(cancellationToken);

    internal static bool TryParse(
        ReadOnlySpan<byte> payload, [NotNullWhen(true)] out Ack? ack, [NotNullWhen(false)] out string? problem)
    {
        ack = null;
        if (payload.Length > MaximumBytes)
        {
            problem = $"it has {payload.Length} bytes, more than {MaximumBytes}";
            return false;
        }

        try
        {
            ack = JsonSerializer.Deserialize(payload, ContractsJson.Wire.Ack);
            problem = ack switch
            {
                null => "it is null",
                { Epoch: < 1 } => $"its epoch {ack.Epoch} is less than 1",
                { UpTo: < 0 } => $"its upTo {ack.UpTo} is less than 0",
                _ => null,
            };
        }
        catch (JsonException exception)
        {
            problem = exception.Message.TrimEnd('.');
        }

        return problem is null;
    }

    // One greatest ack stands for all before it; an impossible one must not hide a good one.
    private void ConfirmGreatest(IEnumerable<Ack> descending)
    {
        foreach (var ack in descending)
        {
            try
            {
                Note(ack, outbox.Confirm(ack.Epoch, ack.UpTo));
                return;
            }
            catch (ArgumentOutOfRangeException)
            {
                Ignore($"it confirms event {ack.UpTo} of epoch {ack.Epoch}, which was never given out");
            }
        }
    }

    private void Note(Ack ack, IReadOnlyList<OutboxEntry> confirmed)
    {
        Raise(_confirmed, ack);
        if (confirmed.Count > 0)
        {
            Interlocked.Exchange(ref _progress, 1);
            listener.Confirmed(confirmed);
        }
        else
        {
            Interlocked.Exchange(ref _repeated, 1);
        }

        _news.Raise();
    }

    private static void Raise(ConcurrentDictionary<int, long> upTo, Ack ack) =>
        upTo.AddOrUpdate(ack.Epoch, ack.UpTo, (_, before) => Math.Max(before, ack.UpTo));

    private void Ignore(string problem)
    {
        Ignored++;
        if (_saidIgnored)
            return;

        _saidIgnored = true;
        PublisherLog.AckIgnored(logger, problem);
    }
}
