using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;

namespace BayEdge.Central;

/// <summary>Takes a batch of messages into the ledger in one transaction and says what came of it.</summary>
internal sealed class Intake(CentralLedger ledger, bool acknowledges)
{
    private const string StatusLevel = "/status";
    private const string StateLevel = "/state";

    /// <returns>What to tell a listener, and the sources whose devices wait for a word.</returns>
    /// <exception cref="LedgerFaultException">Nothing was kept; the same batch may be tried again.</exception>
    public (IReadOnlyList<Action<ICentralListener>> Notices, IReadOnlySet<EventSource> Touched) Take(IReadOnlyList<InboundMessage> batch)
    {
        var notices = new List<Action<ICentralListener>>();
        var touched = new HashSet<EventSource>();
        var read = batch.Select(Read).ToList();
        using var transaction = ledger.Begin(
            [.. read.Select(message => message.Device).OfType<DeviceKey>().Distinct()],
            [.. read.Select(message => message.Event is { } received ? VisitKey.Of(received) : null).OfType<VisitKey>().Distinct()]);
        foreach (var message in read)
        {
            var problem = message switch
            {
                { Problem: { } found } => found,
                { Event: { } received } => TakeEvent(received, message.Inbound, transaction, notices, touched),
                _ when IsState(message.Inbound) => TakeState(message.Inbound, transaction),
                _ => TakeStatus(message.Inbound, transaction, notices, touched),
            };
            if (problem is not null)
                notices.Add(listener => listener.Malformed(message.Inbound.Topic, problem));
        }

        transaction.Commit();
        return (notices, touched);
    }

    private static bool IsState(InboundMessage message) => message.Topic.EndsWith(StateLevel, StringComparison.Ordinal);

    private static ReadMessage Read(InboundMessage message)
    {
        DeviceKey? device = Topics.TryParseDevice(message.Topic, out var site, out var name) ? new DeviceKey(site, name) : null;
        if (IsState(message) || message.Topic.EndsWith(StatusLevel, StringComparison.Ordinal))
            return new ReadMessage(message, device, null, null);

        return ReceivedEvent.TryRead(message.Topic, message.Payload, out var received, out var problem)
            ? new ReadMessage(message, device, received, null)
            : new ReadMessage(message, device, null, problem);
    }

    // Only that the bay exists is of interest, and an empty message says that it does no more.
    private static string? TakeState(InboundMessage message, LedgerTransaction transaction)
    {
        if (!Topics.TryParseDevice(message.Topic, out var site, out var device)
            || message.Topic.Split('/') is not [_, _, _, _, _, var bay, _]
            || !Topics.IsValidId(bay))
        {
            return $"expected the topic of a bay's state, but found '{message.Topic}'";
        }

        transaction.Note(new BayKey(site, device, bay), exists: message.Payload.Length > 0);
        return null;
    }

    private static string? TakeEvent(
        ReceivedEvent received,
        InboundMessage message,
        LedgerTransaction transaction,
        List<Action<ICentralListener>> notices,
        HashSet<EventSource> touched)
    {
        var source = received.Source;
        var before = transaction[source];
        var (acceptance, visit, isContradiction) = transaction.Store(received, message.Topic, message.Payload);
        touched.Add(source);
        if (acceptance == Acceptance.Duplicate)
        {
            notices.Add(listener => listener.DroppedDuplicate(source, received.Position));
            return isContradiction
                ? $"number {received.Position.Sequence} of {source} came before with other content; "
                  + "the device's journal was set back, perhaps by an old card image"
                : null;
        }

        notices.Add(listener => listener.Stored(received, visit));
        if (received.Gap is { PreviousEpoch: { } epoch, PreviousLastSequence: { } last })
        {
            var previous = source with { Epoch = epoch };
            Move(transaction, previous, transaction[previous].RanUpTo(last), notices);
        }

        TellOfGaps(source, before, transaction[source], notices);
        return null;
    }

    private string? TakeStatus(
        InboundMessage message, LedgerTransaction transaction, List<Action<ICentralListener>> notices, HashSet<EventSource> touched)
    {
        // Somebody cleared the retained status of a device that is gone.
        if (message.Payload.Length == 0)
            return null;

        if (!ReceivedStatus.TryRead(message.Topic, message.Payload, out var received, out var problem))
            return problem;

        notices.Add(listener => listener.StatusReceived(received.Site, received.Device, received.Status));

        // The offline status was written when the device connected, so what it says of the sequence is long past.
        if (!acknowledges || received.Status.State != DeviceConnection.Online)
            return null;

        var oldest = new EventSource(received.Site, received.Device, received.KeptFrom.Epoch);
        foreach (var forgotten in transaction.EarlierEpochs(oldest))
            Move(transaction, forgotten, transaction[forgotten].KeptFrom(transaction[forgotten].LastKnown + 1), notices);

        Move(transaction, oldest, transaction[oldest].KeptFrom(received.KeptFrom.Sequence), notices);
        if (received.Status.Backlog > 0)
            touched.Add(oldest);
        return null;
    }

    private static void Move(
        LedgerTransaction transaction, EventSource source, SequenceLedger after, List<Action<ICentralListener>> notices)
    {
        var before = transaction[source];
        if (ReferenceEquals(before, after))
            return;

        transaction[source] = after;
        TellOfGaps(source, before, after, notices);
    }

    private static void TellOfGaps(
        EventSource source, SequenceLedger before, SequenceLedger after, List<Action<ICentralListener>> notices)
    {
        var missingBefore = before.Missing.ToList();
        var missing = after.Missing.ToList();
        foreach (var gap in missing.Where(gap => !missingBefore.Exists(known => known.First <= gap.First && gap.Last <= known.Last)))
            notices.Add(listener => listener.GapOpened(source, gap));

        var lostBefore = before.Lost.ToList();
        var lost = after.Lost.ToList();
        foreach (var gap in lost.Where(gap => !lostBefore.Exists(known => known.First <= gap.First && gap.Last <= known.Last)))
            notices.Add(listener => listener.GapLost(source, gap));

        if (missingBefore.Count + lostBefore.Count > 0 && missing.Count + lost.Count == 0)
            notices.Add(listener => listener.GapClosed(source));
    }

    /// <param name="Device">Whose topic it is, when it is one of this contract.</param>
    /// <param name="Event">Null when it is none or a malformed one.</param>
    private readonly record struct ReadMessage(InboundMessage Inbound, DeviceKey? Device, ReceivedEvent? Event, string? Problem);
}
