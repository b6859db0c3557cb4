using BayEdge.Contracts.Consuming;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Ledger;

/// <summary>Everything a central system holds: events, how far each device's sequence is complete, and the visits that follow.</summary>
/// <remarks>Not for several threads at once. Other programs may read the file meanwhile.</remarks>
public sealed class CentralLedger : IDisposable
{
    // A lock that lasts longer is told, and the consumer tries again.
    private const int LockSeconds = 2;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<EventSource, SequenceLedger> _sources;

    private CentralLedger(SqliteConnection connection, bool onDisk)
    {
        _connection = connection;
        IsOnDisk = onDisk;
        ClientId = Query("SELECT client_id FROM identity", row => row.GetString(0)).Single();
        _sources = Query("SELECT site, device, epoch, held, start, first_kept, last_known FROM sources", ReadSource).ToDictionary();
    }

    /// <summary>Whether the ledger outlives the process.</summary>
    public bool IsOnDisk { get; }

    /// <summary>Made once for each ledger, so that whoever opens it takes up the same MQTT session.</summary>
    public string ClientId { get; }

    public IReadOnlyDictionary<EventSource, SequenceLedger> Sources => _sources;

    /// <summary>Opens a ledger, making it where there is none.</summary>
    /// <param name="path">The SQLite file; null keeps the ledger in memory.</param>
    /// <exception cref="LedgerFaultException">It cannot be opened.</exception>
    public static CentralLedger Open(string? path)
    {
        var source = path is null ? ":memory:" : Path.GetFullPath(path);
        var settings = new SqliteConnectionStringBuilder { DataSource = source, Pooling = false, DefaultTimeout = LockSeconds };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            LedgerSchema.Prepare(connection, onDisk: path is not null);
            return new CentralLedger(connection, onDisk: path is not null);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new LedgerFaultException(
                $"expected a ledger that can be opened at {source}, but SQLite says '{exception.Message}'; "
                + "check the folder, its rights and its free space, or name another file",
                exception);
        }
        catch (LedgerFaultException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction; only one at a time. Disposed without a commit it changes nothing.</summary>
    /// <exception cref="LedgerFaultException">The file is locked or the disk does not answer.</exception>
    public LedgerTransaction Begin() =>
        LedgerTransaction.Guard(() => new LedgerTransaction(_connection, _sources));

    /// <summary>All visits by entering, retracted ones included.</summary>
    public IReadOnlyList<Visit> ReadVisits() => Query(
        """
        SELECT site, device, visit_id, bay, ref, plate, plate_confidence, tags, entered_at, entered_earliest, entered_latest,
               left_at, left_earliest, left_latest, occupied_seconds, retracted, reason
        FROM visits ORDER BY coalesce(entered_at, left_at), site, device, visit_id
        """,
        VisitRow.Read);

    public void Dispose() => _connection.Dispose();

    private static KeyValuePair<EventSource, SequenceLedger> ReadSource(SqliteDataReader row)
    {
        var source = new EventSource(row.GetString(0), row.GetString(1), row.GetInt32(2));
        long? start = row.IsDBNull(4) ? null : row.GetInt64(4);
        return new(source, SequenceLedger.Restore(RangeText.Parse(row.GetString(3)), start, row.GetInt64(5), row.GetInt64(6)));
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
