using System.Globalization;
using BayEdge.Contracts.Consuming;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Ledger;

/// <summary>Events, sequence positions and visits that become durable together.</summary>
public sealed class LedgerTransaction : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<EventSource, SequenceLedger> _committed;
    private readonly Dictionary<EventSource, SequenceLedger> _changed = [];

    internal LedgerTransaction(SqliteConnection connection, Dictionary<EventSource, SequenceLedger> committed)
    {
        _connection = connection;
        _committed = committed;
        _transaction = connection.BeginTransaction();
    }

    /// <summary>How a source stands with what this transaction has done so far.</summary>
    public SequenceLedger this[EventSource source]
    {
        get
        {
            if (_changed.TryGetValue(source, out var ledger) || _committed.TryGetValue(source, out ledger))
                return ledger;

            return EarlierEpochs(source).Count > 0 ? SequenceLedger.FromFirst : SequenceLedger.Unknown;
        }
        set => _changed[source] = value;
    }

    /// <summary>The sources of the same device that are known from epochs before this one.</summary>
    public IReadOnlyList<EventSource> EarlierEpochs(EventSource source) =>
    [
        .. _committed.Keys.Union(_changed.Keys)
            .Where(known => known.Site == source.Site && known.Device == source.Device && known.Epoch < source.Epoch),
    ];

    /// <summary>Stores an event that is not held yet.</summary>
    /// <exception cref="LedgerFaultException">The disk does not take it; dispose the transaction and try again.</exception>
    public StoreOutcome Store(ReceivedEvent received, string topic, byte[] payload) => Guard(() =>
    {
        var (ledger, acceptance) = this[received.Source].Accept(received.Position.Sequence);
        if (acceptance == Acceptance.Duplicate)
            return new StoreOutcome(acceptance, null, IsContradiction: !PayloadOf(received).AsSpan().SequenceEqual(payload));

        this[received.Source] = ledger;
        Insert(received, topic, payload);
        return new StoreOutcome(acceptance, received.Visit is null ? null : Project(received), IsContradiction: false);
    });

    /// <exception cref="LedgerFaultException">Nothing was kept; dispose the transaction and try again.</exception>
    public void Commit() => Guard(() =>
    {
        foreach (var (source, ledger) in _changed)
        {
            Execute(
                "INSERT OR REPLACE INTO sources VALUES ($0, $1, $2, $3, $4, $5, $6)",
                source.Site, source.Device, source.Epoch, RangeText.Format(ledger.Held), ledger.Start, ledger.FirstKept, ledger.LastKnown);
        }

        _transaction.Commit();
        foreach (var (source, ledger) in _changed)
            _committed[source] = ledger;
        return true;
    });

    public void Dispose() => _transaction.Dispose();

    internal static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw new LedgerFaultException(
                $"the ledger cannot be written ('{exception.Message}'); free space on its disk or close the program that locks it",
                exception);
        }
    }

    private void Insert(ReceivedEvent received, string topic, byte[] payload)
    {
        var source = received.Source;
        Execute(
            "INSERT INTO events VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)",
            source.Site, source.Device, source.Epoch, received.Position.Sequence, received.Type,
            VisitRow.Text(received.Envelope.Time), VisitRow.Text(received.Envelope.RecordedTime), received.Visit?.VisitId, topic, payload);
    }

    private Visit Project(ReceivedEvent received)
    {
        var visit = VisitProjection.FoldOne(EventsOf(received.Source, received.Visit!.VisitId));
        Execute(VisitRow.Upsert, VisitRow.Values(visit));
        return visit;
    }

    private List<ReceivedEvent> EventsOf(EventSource source, string visitId)
    {
        using var command = Command(
            "SELECT topic, payload FROM events WHERE site = $0 AND device = $1 AND visit_id = $2", source.Site, source.Device, visitId);
        using var reader = command.ExecuteReader();
        var events = new List<ReceivedEvent>();
        while (reader.Read())
        {
            // Only what could be read was ever stored.
            if (ReceivedEvent.TryRead(reader.GetString(0), reader.GetFieldValue<byte[]>(1), out var received, out _))
                events.Add(received);
        }

        return events;
    }

    private byte[] PayloadOf(ReceivedEvent received)
    {
        var source = received.Source;
        using var command = Command(
            "SELECT payload FROM events WHERE site = $0 AND device = $1 AND epoch = $2 AND sequence = $3",
            source.Site, source.Device, source.Epoch, received.Position.Sequence);
        return (byte[])command.ExecuteScalar()!;
    }

    private void Execute(string sql, params object?[] parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object?[] parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i}"), parameters[i] ?? DBNull.Value);
        return command;
    }
}

/// <param name="Acceptance">What the event was to the ledger.</param>
/// <param name="Visit">Its visit as it now stands; null when it is about none or was held already.</param>
/// <param name="IsContradiction">It came with a number that is held already, but says something else.</param>
public readonly record struct StoreOutcome(Acceptance Acceptance, Visit? Visit, bool IsContradiction);
