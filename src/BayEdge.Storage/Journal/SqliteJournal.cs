using System.Collections.Frozen;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Journal and outbox in one SQLite database: what is appended is what is read, until it is confirmed.</summary>
/// <remarks>
/// An append costs two flushes: the second record of the numbers, then the database's write-ahead log. One connection
/// behind one lock; the bay loop and the publisher may call at the same time.
/// </remarks>
public sealed partial class SqliteJournal : IJournal, IOutbox, IDisposable
{
    private const double NearlyFull = 0.8;
    private const int MostCounted = 10_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _stored = new(0, 1);
    private readonly JournalOptions _options;
    private readonly SequenceMark _mark;
    private readonly SqliteConnection _connection;
    private readonly WriteAheadLog _log;
    private readonly DiskReserve _reserve;
    private readonly DiskReserve _reserveForDeletes;
    private readonly FrozenDictionary<int, long> _olderLastSequences;
    private readonly JournalRecovery? _recovery;
    private byte[]? _packedSnapshot;
    private long _lastSequence;
    private long _backlog;
    private long _quarantined;
    private DateTimeOffset? _refusedSince;
    private bool _isBeyondRepair;

    private SqliteJournal(JournalOptions options, SequenceMark mark, SqliteConnection connection)
    {
        _options = options;
        _mark = mark;
        _connection = connection;
        var lastSequences = ReadLastSequences();
        Epoch = lastSequences.Keys.Max();
        _lastSequence = lastSequences[Epoch];
        _handedOut = new EventPosition(Epoch, _lastSequence);
        _olderLastSequences = lastSequences.Where(pair => pair.Key != Epoch).ToFrozenDictionary();
        _backlog = CountBacklog(lastSequences.Keys);
        _quarantined = JournalDatabase.Number(connection, "SELECT count(*) FROM quarantine");
        _recovery = NewJournalRows.ReadRecovery(connection);
        _packedSnapshot = ReadPackedSnapshot();
        _log = WriteAheadLog.Open(connection.DataSource, options.Flush);
        _reserve = new DiskReserve(Path.Combine(options.Folder, "journal.reserve"), options.ReserveBytes);
        // Events may use up the first; what is confirmed must still be deleted then, for which the log must fit into the database.
        _reserveForDeletes = new DiskReserve(Path.Combine(options.Folder, "journal.reserve.deletes"), options.ReserveBytes == 0 ? 0 : 2 * WriteAheadLog.FileBytes);
        TakeReserves();
        // Of a retry that was stored only the second mark is missing.
        _refusedSince = mark.Found is { } found && found.Epoch == Epoch && LastSequence < found.Reserved ? found.RefusedSince : null;
        WriteMark();
    }

    public int Epoch { get; }

    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>Why this epoch began, until its first event is written; null when nothing happened.</summary>
    public JournalRecovery? Recovery => LastSequence == 0 ? _recovery : null;

    public DateTimeOffset? RefusedSince
    {
        get
        {
            lock (_gate)
                return _refusedSince;
        }
    }

    /// <summary>What will soon keep the journal from taking events, in a sentence; null while there is room.</summary>
    public Phrase? Warning
    {
        get
        {
            lock (_gate)
            {
                var used = JournalDatabase.Number(_connection, "PRAGMA page_count") - JournalDatabase.Number(_connection, "PRAGMA freelist_count");
                var fill = used * (double)JournalOptions.PageBytes / _options.MaximumBytes;
                var free = _reserve.FreeBytes;
                var warning = !_reserve.IsWhole ? Wording.Of($"The disk is full, and the journal uses its last reserve; {free >> 10} KiB are free. {MakeRoom}")
                    : fill >= NearlyFull ? Wording.Of($"The journal has filled {Math.Floor(100 * fill)} % of its {SqliteFaults.Size(_options.MaximumBytes)}. {MakeRoom}")
                    : free < _options.LowDiskBytes ? Wording.Of($"The disk has only {free >> 20} MiB left. {MakeRoom}")
                    : null;
                return warning?.Phrase;
            }
        }
    }

    private static Wording MakeRoom => "Mend the connection to the central system, which frees what it confirms, or make room on the disk; else new events will be refused.";

    /// <summary>Opens the journal of a data folder; a damaged one is moved aside, salvaged, and a new epoch begins.</summary>
    /// <exception cref="StorageFaultException">The disk cannot hold a journal; the message says what to do.</exception>
    public static SqliteJournal Open(JournalOptions options, TimeProvider time)
    {
        SequenceMark? mark = null;
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(options.Folder);
            mark = SequenceMark.Open(options.Folder);
            connection = new JournalOpening(options, mark, time).Open();
            return new SqliteJournal(options, mark, connection);
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            mark?.Dispose();
            if (Translate(exception, options) is { } fault)
                throw fault;
            throw;
        }
    }

    public IReadOnlyList<EventPosition> Append(IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte> snapshot)
    {
        lock (_gate)
        {
            Store(events, snapshot, out var entries);
            return Array.ConvertAll(entries, entry => entry.Position);
        }
    }

    public ReadOnlyMemory<byte>? ReadSnapshot()
    {
        lock (_gate)
        {
            return Guarded<ReadOnlyMemory<byte>?>(() =>
            {
                using var command = Command("SELECT content, checksum FROM snapshot");
                using var reader = command.ExecuteReader();
                if (!reader.Read())
                    return null;
                return SnapshotRow.Read(reader) ?? throw new InvalidDataException("The disk returned another snapshot of the bays than was written.");
            });
        }
    }

    public IReadOnlyList<UnsettledEvent> ReadUnsettled()
    {
        lock (_gate)
            return Guarded(() => UnsettledRows.Read(_connection));
    }

    public Task WaitForStoredAsync(CancellationToken cancellationToken) => _stored.WaitAsync(cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                DeleteForgotten();
                _log.Flush();
                // Says that the last append was committed, so that an older copy put back is noticed.
                WriteMark();
            }
            catch (Exception exception) when (exception is IOException or SqliteException)
            {
                // What was confirmed is delivered once more; the mark of the last append still stands, only one append less exact.
            }

            _connection.Dispose();
            _log.Dispose();
            _mark.Dispose();
        }

        _stored.Dispose();
    }

    private static StorageFaultException? Translate(Exception exception, JournalOptions options)
    {
        var path = Path.Combine(options.Folder, JournalOpening.FileName);
        return exception switch
        {
            SqliteException sqlite => SqliteFaults.Translate(sqlite, path, options.MaximumBytes),
            IOException or UnauthorizedAccessException => SqliteFaults.Translate(exception, path),
            _ => null,
        };
    }

    private Dictionary<int, long> ReadLastSequences()
    {
        using var command = Command(JournalSchema.LastSequences);
        using var reader = command.ExecuteReader();
        var lastSequences = new Dictionary<int, long>();
        while (reader.Read())
            lastSequences.Add(reader.GetInt32(0), reader.GetInt64(1));
        return lastSequences;
    }

    /// <remarks>
    /// Each row counted costs a part of the card read, and a long backlog must not hold up a start. Beyond some thousands the numbers
    /// tell: between the first and the last of an epoch few are missing.
    /// </remarks>
    private long CountBacklog(IEnumerable<int> epochs)
    {
        var counted = JournalDatabase.Number(_connection, $"SELECT count(*) FROM (SELECT 1 FROM events LIMIT {MostCounted})");
        return counted < MostCounted ? counted : epochs.Sum(epoch => JournalDatabase.Number(
            _connection,
            $"SELECT coalesce((SELECT max(sequence) FROM events WHERE epoch = {epoch}) - (SELECT min(sequence) FROM events WHERE epoch = {epoch}) + 1, 0)"));
    }

    private byte[]? ReadPackedSnapshot()
    {
        using var command = Command("SELECT content FROM snapshot");
        return command.ExecuteScalar() as byte[];
    }

    private int Run(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index}", values[index]);
        return command;
    }

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    private TResult Guarded<TResult>(Func<TResult> action)
    {
        if (_isBeyondRepair)
        {
            throw new StorageFaultException(
                $"The journal in '{_options.Folder}' cannot say any more what the disk holds. Restart the service; if this comes back, replace the card.") { NeedsReopening = true };
        }

        try
        {
            return action();
        }
        catch (Exception exception) when (Translate(exception, _options) is { } fault)
        {
            throw fault;
        }
    }
}
