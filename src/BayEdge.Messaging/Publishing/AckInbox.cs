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
internal sealed class AckInbox(IOutbox outbox, IDeliveryListener listener, DiskPatience disk, ILogger logger)
{
    private const int MaximumBytes = 256;

    private const int MostWaiting = 64;

    // While the disk is sick, newer acks stand for the oldest. Several are kept, since an impossible one must not hide a good one.
    private readonly Channel<Ack> _received =
        Channel.CreateBounded<Ack>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ConcurrentDictionary<int, long> _confirmed = new();
    private readonly Signal _news = new();
    private int _newlyConfirmed;
    private int _repeated;
    private bool _saidIgnored;

    /// <summary>Called by the connection, one at a time; does not wait for the disk.</summary>
    public void Receive(ReadOnlyMemory<byte> payload)
    {
        if (!TryParse(payload.Span, out var ack, out var problem))
        {
            Ignore(problem);
            return;
        }

        _received.Writer.TryWrite(ack);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _received.Reader.WaitToReadAsync(cancellationToken))
        {
            var acks = new List<Ack>();
            while (_received.Reader.TryRead(out var ack))
                acks.Add(ack);
            foreach (var epoch in acks.GroupBy(ack => ack.Epoch))
                await ConfirmGreatestAsync(epoch.OrderByDescending(ack => ack.UpTo), cancellationToken);
        }
    }

    public bool IsConfirmed(EventPosition position) => _confirmed.GetValueOrDefault(position.Epoch) >= position.Sequence;

    /// <summary>How many events acks confirmed, and whether any only repeated itself, since the last call.</summary>
    public (int Confirmed, bool Repeated) TakeNews() =>
        (Interlocked.Exchange(ref _newlyConfirmed, 0), Interlocked.Exchange(ref _repeated, 0) != 0);

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
            problem = JsonFaults.Describe(exception);
        }

        return problem is null;
    }

    // One greatest ack stands for all before it; an impossible one must not hide a good one.
    private async Task ConfirmGreatestAsync(IEnumerable<Ack> descending, CancellationToken cancellationToken)
    {
        foreach (var ack in descending)
        {
            try
            {
                Note(ack, await disk.RunAsync(() => outbox.Confirm(ack.Epoch, ack.UpTo), cancellationToken));
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
        _confirmed.AddOrUpdate(ack.Epoch, ack.UpTo, (_, before) => Math.Max(before, ack.UpTo));
        if (confirmed.Count > 0)
        {
            Interlocked.Add(ref _newlyConfirmed, confirmed.Count);
            listener.Confirmed(confirmed);
        }
        else
        {
            Interlocked.Exchange(ref _repeated, 1);
        }

        _news.Raise();
    }

    private void Ignore(string problem)
    {
        if (_saidIgnored)
            return;

        _saidIgnored = true;
        PublisherLog.AckIgnored(logger, problem);
    }
}
