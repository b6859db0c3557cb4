using System.Collections.Frozen;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Journal and outbox in one SQLite database: what is appended is what is read, until it is confirmed.</summary>
/// <remarks>
/// An append costs two fsyncs: the second record of the numbers, then the database's write-ahead log. One connection
/// behind one lock; the bay loop and the publisher may call at the same time.
/// </remarks>
public sealed class SqliteJournal : IJournal, IOutbox, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _stored = new(0, 1);
    private readonly JournalOptions _options;
    private readonly SequenceMark _mark;
    private readonly SqliteConnection _connection;
    private readonly FrozenDictionary<int, long> _olderLastSequences;
    private readonly JournalRecovery? _recovery;
    private long _lastSequence;
    private long _backlog;
    private long _quarantined;

    private SqliteJournal(JournalOptions options, SequenceMark mark, SqliteConnection connection)
    {
        _options = options;
        _mark = mark;
        _connection = connection;
        var lastSequences = ReadLastSequences();
        Epoch = lastSequences.Keys.Max();
        _lastSequence = lastSequences[Epoch];
        _olderLastSequences = lastSequences.Where(pair => pair.Key != Epoch).ToFrozenDictionary();
        _backlog = JournalDatabase.Number(connection, "SELECT count(*) FROM events");
        _quarantined = JournalDatabase.Number(connection, "SELECT count(*) FROM quarantine");
        _recovery = NewJournalRows.ReadRecovery(connection);
        mark.Write(new MarkedSequence(Epoch, LastSequence, LastSequence));
    }

    public int Epoch { get; }

    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>Why this epoch began, until its first event is written; null when nothing happened.</summary>
    public JournalRecovery? Recovery => LastSequence == 0 ? _recovery : null;

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
            var last = LastSequence;
            var entries = events.Select((pending, index) => Compose(pending, new EventPosition(Epoch, last + index + 1))).ToArray();
            Guarded(() =>
            {
                if (entries.Length > 0)
                    _mark.Write(new MarkedSequence(Epoch, last, last + entries.Length));
                using var transaction = _connection.BeginTransaction();
                InsertEvents(entries);
                Run(
                    "INSERT OR REPLACE INTO snapshot VALUES (1, $0, $1)",
                    snapshot.ToArray(),
                    (long)Checksum.Of(snapshot.Span));
                transaction.Commit();
            });

            Volatile.Write(ref _lastSequence, last + entries.Length);
            _backlog += entries.Length;
            if (entries.Length > 0 && _stored.CurrentCount == 0)
                _stored.Release();
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
                var content = reader.GetFieldValue<byte[]>(0);
                return Checksum.Of(content) == (uint)reader.GetInt64(1)
                    ? content
                    : throw new InvalidDataException("The disk returned another snapshot of the bays than was written.");
            });
        }
    }

    public IReadOnlyList<OutboxEntry> Read(EventPosition after, int limit)
    {
        lock (_gate)
        {
            var rows = Guarded(() => Select(
                $"SELECT {EventRows.Columns} FROM events WHERE (epoch, sequence) > ($0, $1) ORDER BY epoch, sequence LIMIT $2",
                after.Epoch,
                after.Sequence,
                limit));
            foreach (var (entry, _) in rows.Where(row => !row.Intact))
                Quarantine(entry.Position, "The disk returned other bytes than were written.");
            return rows.TrueForAll(row => row.Intact) ? rows.ConvertAll(row => row.Entry) : Read(after, limit);
        }
    }

    public void MarkSent(IReadOnlyList<EventPosition> positions)
    {
        lock (_gate)
        {
            Guarded(() =>
            {
                using var transaction = _connection.BeginTransaction();
                foreach (var position in positions)
                    Run("UPDATE events SET state = 'sent' WHERE epoch = $0 AND sequence = $1", position.Epoch, position.Sequence);
                transaction.Commit();
            });
        }
    }

    public IReadOnlyList<OutboxEntry> Confirm(int epoch, long upTo)
    {
        lock (_gate)
        {
            var last = LastSequence;
            if (epoch != Epoch && !_olderLastSequences.TryGetValue(epoch, out last))
                throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "The device has never had this epoch.");
            if (upTo < 0 || upTo > last)
                throw new ArgumentOutOfRangeException(nameof(upTo), upTo, $"Numbers from 1 to {last} were given out in epoch {epoch}.");

            return Forget(() => Select(
                $"DELETE FROM events WHERE epoch = $0 AND sequence <= $1 RETURNING {EventRows.Columns}", epoch, upTo));
        }
    }

    public IReadOnlyList<OutboxEntry> Confirm(IReadOnlyList<EventPosition> positions)
    {
        lock (_gate)
        {
            return Forget(() =>
            {
                using var transaction = _connection.BeginTransaction();
                var forgotten = positions.SelectMany(position => Select(
                    $"DELETE FROM events WHERE epoch = $0 AND sequence = $1 RETURNING {EventRows.Columns}",
                    position.Epoch,
                    position.Sequence)).ToList();
                transaction.Commit();
                return forgotten;
            });
        }
    }

    /// <remarks>
    /// A <c>device.gap</c> event takes its number, so that the central system's gapless ack can pass it; if that is
    /// refused too, the number stays out.
    /// </remarks>
    public void Quarantine(EventPosition position, string reason)
    {
        lock (_gate)
        {
            var (added, removed) = Guarded(() =>
            {
                using var transaction = _connection.BeginTransaction();
                var added = Run(
                    """
                    INSERT OR IGNORE INTO quarantine
                    SELECT epoch, sequence, topic, recorded_at, payload, $2 FROM events WHERE epoch = $0 AND sequence = $1
                    """,
                    position.Epoch,
                    position.Sequence,
                    reason);
                var set = Select(
                    $"DELETE FROM events WHERE epoch = $0 AND sequence = $1 RETURNING {EventRows.Columns}",
                    position.Epoch,
                    position.Sequence);
                var notice = added == 1 ? QuarantineNotice.For(set[0].Entry) : null;
                InsertEvents(notice is null ? [] : [notice]);
                transaction.Commit();
                return (added, notice is null ? set.Count : 0);
            });
            _quarantined += added;
            _backlog -= removed;
        }
    }

    public OutboxStatus GetStatus()
    {
        lock (_gate)
        {
            var first = Read(default, 1);
            return first.Count == 0
                ? new OutboxStatus(_backlog, null, null, LastSequence, _quarantined)
                : new OutboxStatus(_backlog, first[0].Position, first[0].RecordedAt, LastSequence, _quarantined);
        }
    }

    public Task WaitForStoredAsync(CancellationToken cancellationToken) => _stored.WaitAsync(cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            try
            {
                // Says that the last append was committed, so that an older copy put back is noticed.
                _mark.Write(new MarkedSequence(Epoch, LastSequence, LastSequence));
            }
            catch (IOException)
            {
                // The mark of the last append still stands; it is only one append less exact.
            }

            _connection.Dispose();
            _mark.Dispose();
        }

        _stored.Dispose();
    }

    private static OutboxEntry Compose(PendingEvent pending, EventPosition position) =>
        new(position, pending.Topic, pending.Compose(position), pending.RecordedAt);

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
        using var command = Command("SELECT epoch, last_sequence FROM epochs");
        using var reader = command.ExecuteReader();
        var lastSequences = new Dictionary<int, long>();
        while (reader.Read())
            lastSequences.Add(reader.GetInt32(0), reader.GetInt64(1));
        return lastSequences;
    }

    private List<OutboxEntry> Forget(Func<List<(OutboxEntry Entry, bool Intact)>> delete)
    {
        var forgotten = Guarded(delete).ConvertAll(row => row.Entry);
        forgotten.Sort((left, right) => left.Position.CompareTo(right.Position));
        _backlog -= forgotten.Count;
        return forgotten;
    }

    private void InsertEvents(OutboxEntry[] entries)
    {
        if (entries.Length == 0)
            return;

        using var insert = EventRows.Insert(_connection);
        foreach (var entry in entries)
            EventRows.Run(insert, entry);
        var (epoch, last) = (entries[^1].Position.Epoch, entries[^1].Position.Sequence);
        Run("UPDATE epochs SET last_sequence = max(last_sequence, $1) WHERE epoch = $0", epoch, last);
    }

    private List<(OutboxEntry Entry, bool Intact)> Select(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<(OutboxEntry, bool)>();
        while (reader.Read())
            rows.Add(EventRows.Read(reader));
        return rows;
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
