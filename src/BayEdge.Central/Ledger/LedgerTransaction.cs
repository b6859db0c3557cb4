using System.Data.Common;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Ledger;

/// <summary>Events, sequence positions and visits that become durable together.</summary>
internal sealed class LedgerTransaction : IDisposable
{
    private readonly LedgerDatabase _database;
    private readonly DbTransaction _transaction;
    private readonly Dictionary<EventSource, SequenceLedger> _seen;
    private readonly Dictionary<EventSource, SequenceLedger> _stored = [];
    private readonly Dictionary<EventSource, SequenceLedger> _changed = [];

    /// <param name="seen">Learns how the sources stand once the transaction is committed.</param>
    public LedgerTransaction(LedgerDatabase database, IReadOnlyCollection<DeviceKey> devices, Dictionary<EventSource, SequenceLedger> seen)
    {
        _database = database;
        _seen = seen;
        _transaction = database.Begin();
        try
        {
            database.Guard(() =>
            {
                database.Store.Lock(_transaction, devices);
                return true;
            });
            foreach (var (site, device) in devices)
            {
                foreach (var (source, ledger) in database.Query(
                    _transaction, $"{SourceRow.Select} FROM sources WHERE site = @p0 AND device = @p1", SourceRow.Read, site, device))
                {
                    _stored[source] = ledger;
                }
            }
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
    /// <exception cref="LedgerFaultException">The disk does not take it; dispose the transaction and try again.</exception>
    public StoreOutcome Store(ReceivedEvent received, string topic, byte[] payload)
    {
        var (ledger, acceptance) = this[received.Source].Accept(received.Position.Sequence);
        if (acceptance == Acceptance.Duplicate)
            return new StoreOutcome(acceptance, null, IsContradiction: !PayloadOf(received).AsSpan().SequenceEqual(payload));

        this[received.Source] = ledger;
        _database.Execute(_transaction, EventRow.Insert, EventRow.Values(received, topic, payload));
        return new StoreOutcome(acceptance, received.Visit is null ? null : Project(received), IsContradiction: false);
    }

    /// <summary>Takes note that a bay exists, or exists no more.</summary>
    /// <exception cref="LedgerFaultException">The disk does not take it; dispose the transaction and try again.</exception>
    public void Note(BayKey bay, bool exists) => _database.Execute(
        _transaction,
        exists
            ? "INSERT INTO bays VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING"
            : "DELETE FROM bays WHERE site = @p0 AND device = @p1 AND bay = @p2",
        bay.Site, bay.Device, bay.Bay);

    /// <summary>Keeps that a site's utilisation rose or fell.</summary>
    /// <returns>Whether nobody had kept it before.</returns>
    /// <exception cref="LedgerFaultException">The disk does not take it; dispose the transaction and try again.</exception>
    public bool Keep(SiteUtilisation change) => (change.Level == UtilisationLevel.High
        ? _database.Execute(_transaction, AlertRow.Raise, change.Site, change.Since, change.Utilisation, change.Threshold)
        : _database.Execute(_transaction, AlertRow.Clear, change.Site, change.Since)) > 0;

    /// <exception cref="LedgerFaultException">Nothing was kept; dispose the transaction and try again.</exception>
    public void Commit()
    {
        foreach (var (source, ledger) in _changed)
            _database.Execute(_transaction, SourceRow.Upsert, SourceRow.Values(source, ledger));

        _database.Guard(() =>
        {
            _transaction.Commit();
            return true;
        });
        foreach (var (source, ledger) in _stored.Concat(_changed))
            _seen[source] = ledger;
    }

    public void Dispose() => _transaction.Dispose();

    private Visit Project(ReceivedEvent received)
    {
        var source = received.Source;
        var visit = VisitProjection.FoldOne(EventRow.Read(
            _database, _transaction, " WHERE site = @p0 AND device = @p1 AND visit_id = @p2",
            source.Site, source.Device, VisitRow.KeyOf(received.Visit!.VisitId)));
        _database.Execute(_transaction, VisitRow.Upsert, VisitRow.Values(visit));
        Note(new BayKey(visit.Site, visit.Device, visit.Bay), exists: true);
        return visit;
    }

    private byte[] PayloadOf(ReceivedEvent received)
    {
        var source = received.Source;
        return _database.Query(
            _transaction,
            "SELECT payload FROM events WHERE site = @p0 AND device = @p1 AND epoch = @p2 AND sequence = @p3",
            row => row.GetFieldValue<byte[]>(0),
            source.Site, source.Device, source.Epoch, received.Position.Sequence).Single();
    }
}

/// <param name="Acceptance">What the event was to the ledger.</param>
/// <param name="Visit">Its visit as it now stands; null when it is about none or was held already.</param>
/// <param name="IsContradiction">It came with a number that is held already, but says something else.</param>
internal readonly record struct StoreOutcome(Acceptance Acceptance, Visit? Visit, bool IsContradiction);
