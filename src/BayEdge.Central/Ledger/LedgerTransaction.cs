using System.Data.Common;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Ledger;

/// <summary>Events, sequence positions and visits that become durable together.</summary>
/// <remarks>
/// What it needs is read when it begins and what it decided is written when it is committed, so that a batch costs a server the same
/// few exchanges whether it holds one event or hundreds.
/// </remarks>
internal sealed class LedgerTransaction : IDisposable
{
    private static readonly string[] SourceKey = ["site", "device"];
    private static readonly string[] EventKey = ["site", "device", "visit_id"];

    private readonly LedgerDatabase _database;
    private readonly DbTransaction _transaction;
    private readonly Dictionary<EventSource, SequenceLedger> _seen;
    private readonly HashSet<BayKey> _seenBays;
    private readonly Dictionary<EventSource, SequenceLedger> _stored = [];
    private readonly Dictionary<EventSource, SequenceLedger> _changed = [];
    private readonly Dictionary<(EventSource Source, long Sequence), (string Topic, byte[] Payload, ReceivedEvent Event)> _new = [];
    private readonly Dictionary<VisitKey, List<ReceivedEvent>> _eventsOf = [];
    private readonly Dictionary<VisitKey, Visit> _visits = [];
    private readonly Dictionary<BayKey, bool> _bays = [];

    /// <param name="seen">Learns how the sources stand once the transaction is committed.</param>
    /// <param name="seenBays">Learns which bays there are then.</param>
    public LedgerTransaction(
        LedgerDatabase database,
        IReadOnlyCollection<DeviceKey> devices,
        IReadOnlyCollection<VisitKey> visits,
        Dictionary<EventSource, SequenceLedger> seen,
        HashSet<BayKey> seenBays)
    {
        (_database, _seen, _seenBays) = (database, seen, seenBays);
        _transaction = database.Begin();
        try
        {
            Read(devices, visits);
        }
        catch
        {
            _transaction.Dispose();
            throw;
        }
    }

    /// <summary>How a source stands with what this transaction has done so far.</summary>
    public SequenceLedger this[EventSource source]
    {
        get
        {
            if (_changed.TryGetValue(source, out var ledger) || _stored.TryGetValue(source, out ledger))
                return ledger;

            return EarlierEpochs(source).Count > 0 ? SequenceLedger.FromFirst : SequenceLedger.Unknown;
        }
        set => _changed[source] = value;
    }

    /// <summary>The sources of the same device that are known from epochs before this one.</summary>
    public IReadOnlyList<EventSource> EarlierEpochs(EventSource source) =>
    [
        .. _stored.Keys.Union(_changed.Keys)
            .Where(known => known.Site == source.Site && known.Device == source.Device && known.Epoch < source.Epoch),
    ];

    /// <summary>Stores an event that is not held yet.</summary>
    /// <exception cref="LedgerFaultException">The ledger cannot be read; dispose the transaction and try again.</exception>
    public StoreOutcome Store(ReceivedEvent received, string topic, byte[] payload)
    {
        var (ledger, acceptance) = this[received.Source].Accept(received.Position.Sequence);
        if (acceptance == Acceptance.Duplicate)
            return new StoreOutcome(acceptance, null, IsContradiction: PayloadOf(received) is { } held && !held.AsSpan().SequenceEqual(payload));

        this[received.Source] = ledger;
        _new[(received.Source, received.Position.Sequence)] = (topic, payload, received);
        return new StoreOutcome(acceptance, VisitKey.Of(received) is { } key ? Project(key, received) : null, IsContradiction: false);
    }

    /// <summary>Takes note that a bay exists, or exists no more.</summary>
    public void Note(BayKey bay, bool exists) => _bays[bay] = exists;

    /// <summary>Keeps that a site's utilisation rose or fell.</summary>
    /// <returns>Whether nobody had kept it before.</returns>
    /// <exception cref="LedgerFaultException">The disk does not take it; dispose the transaction and try again.</exception>
    public bool Keep(SiteUtilisation change) => (change.Level == UtilisationLevel.High
        ? _database.Execute(_transaction, AlertRow.Raise, change.Site, change.Since, change.Utilisation, change.Threshold)
        : _database.Execute(_transaction, AlertRow.Clear, change.Site, change.Since)) > 0;

    /// <exception cref="LedgerFaultException">Nothing was kept; dispose the transaction and try again.</exception>
    public void Commit()
    {
        var (appeared, gone) = (Bays(exist: true), Bays(exist: false));
        _database.ExecuteAll(_transaction, EventRow.Insert, [.. _new.Values.Select(stored => EventRow.Values(stored.Event, stored.Topic, stored.Payload))]);
        _database.ExecuteAll(_transaction, VisitRow.Upsert, [.. _visits.Values.Select(VisitRow.Values)]);
        _database.ExecuteAll(_transaction, SourceRow.Upsert, [.. _changed.Select(pair => SourceRow.Values(pair.Key, pair.Value))]);
        _database.ExecuteAll(_transaction, BayRow.Insert, [.. appeared.Select(BayRow.Values)]);
        _database.ExecuteAll(_transaction, BayRow.Delete, [.. gone.Select(BayRow.Values)]);
        _database.Guard(() =>
        {
            _transaction.Commit();
            return true;
        });

        foreach (var (source, ledger) in _stored.Concat(_changed))
            _seen[source] = ledger;
        _seenBays.UnionWith(appeared);
        _seenBays.ExceptWith(gone);
    }

    public void Dispose() => _transaction.Dispose();

    private void Read(IReadOnlyCollection<DeviceKey> devices, IReadOnlyCollection<VisitKey> visits)
    {
        _database.Guard(() =>
        {
            _database.Store.Lock(_transaction, devices);
            return true;
        });
        foreach (var (source, ledger) in _database.QueryKeys(
            _transaction, SourceRow.Columns, "sources", SourceKey, devices.Select(key => new object?[] { key.Site, key.Device }), SourceRow.Read))
        {
            _stored[source] = ledger;
        }

        var keys = visits.Select(key => new object?[] { key.Site, key.Device, key.VisitId });
        foreach (var received in _database.QueryKeys(_transaction, EventRow.Columns, "events", EventKey, keys, EventRow.Read).OfType<ReceivedEvent>())
            EventsOf(VisitKey.Of(received)!.Value).Add(received);
    }

    private Visit Project(VisitKey key, ReceivedEvent received)
    {
        var events = EventsOf(key);
        events.Add(received);
        var visit = VisitProjection.FoldOne(events);
        _visits[key] = visit;
        Note(new BayKey(visit.Site, visit.Device, visit.Bay), exists: true);
        return visit;
    }

    private List<ReceivedEvent> EventsOf(VisitKey key)
    {
        if (!_eventsOf.TryGetValue(key, out var events))
            _eventsOf[key] = events = [];
        return events;
    }

    private List<BayKey> Bays(bool exist) =>
        [.. _bays.Where(pair => pair.Value == exist && _seenBays.Contains(pair.Key) != exist).Select(pair => pair.Key)];

    /// <returns>Null when old events were cleared out.</returns>
    private byte[]? PayloadOf(ReceivedEvent received)
    {
        var source = received.Source;
        return _new.TryGetValue((source, received.Position.Sequence), out var stored) ? stored.Payload : _database.Query(
            _transaction,
            "SELECT payload FROM events WHERE site = @p0 AND device = @p1 AND epoch = @p2 AND sequence = @p3",
            row => row.GetFieldValue<byte[]>(0),
            source.Site, source.Device, source.Epoch, received.Position.Sequence).SingleOrDefault();
    }
}

/// <param name="Acceptance">What the event was to the ledger.</param>
/// <param name="Visit">Its visit as it now stands; null when it is about none or was held already.</param>
/// <param name="IsContradiction">It came with a number that is held already, but says something else.</param>
internal readonly record struct StoreOutcome(Acceptance Acceptance, Visit? Visit, bool IsContradiction);
