using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <content>The side of the publisher.</content>
public sealed partial class SqliteJournal
{
    // Their rows go with the next append, mostly in the page that it writes anyway. After a power cut these few are delivered
    // again, which the central system drops.
    private const int MostForgotten = 64;

    private readonly HashSet<EventPosition> _forgotten = [];

    private EventPosition? _setAsideUnflushed;

    // Beyond this nobody has seen an event: neither read in this run, nor stored before it.
    private EventPosition _handedOut;

    public IReadOnlyList<OutboxEntry> Read(EventPosition after, int limit)
    {
        lock (_gate)
        {
            var entries = ReadIntact(after, limit);
            if (entries.Count > 0 && entries[^1].Position > _handedOut)
                _handedOut = entries[^1].Position;
            return entries;
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
                $"SELECT {EventRows.Columns} FROM events WHERE epoch = $0 AND sequence <= $1 ORDER BY sequence", epoch, upTo));
        }
    }

    public IReadOnlyList<OutboxEntry> Confirm(IReadOnlyList<EventPosition> positions)
    {
        lock (_gate)
        {
            return Forget(() => positions.Order().SelectMany(SelectOne).ToList());
        }
    }

    /// <remarks>
    /// A <c>device.gap</c> event takes its number, so that the central system's gapless ack can pass it; if that is
    /// refused too, the number stays out.
    /// </remarks>
    public void Quarantine(EventPosition position, string reason)
    {
        lock (_gate)
            SetAside(position, reason);
    }

    public OutboxStatus GetStatus()
    {
        lock (_gate)
        {
            var first = ReadIntact(default, 1);
            // A backlog that was reckoned at the start is known for sure when it is over.
            if (first.Count == 0)
                _backlog = 0;
            return first.Count == 0
                ? new OutboxStatus(0, null, null, LastSequence, _quarantined)
                : new OutboxStatus(_backlog, first[0].Position, first[0].RecordedAt, LastSequence, _quarantined);
        }
    }

    private List<OutboxEntry> ReadIntact(EventPosition after, int limit)
    {
        var read = new List<OutboxEntry>();
        while (read.Count < limit)
        {
            var rows = Guarded(() => Select(
                $"SELECT {EventRows.Columns} FROM events WHERE (epoch, sequence) > ($0, $1) ORDER BY epoch, sequence LIMIT $2",
                after.Epoch,
                after.Sequence,
                Math.Min(limit - (long)read.Count + _forgotten.Count, int.MaxValue)));
            var damaged = rows.FindAll(row => !row.Intact && !_forgotten.Contains(row.Entry.Position));
            foreach (var (entry, _) in damaged)
                SetAside(entry.Position, "The disk returned other bytes than were written.");
            if (damaged.Count > 0)
                continue;

            read.AddRange(rows.Select(row => row.Entry).Where(entry => !_forgotten.Contains(entry.Position)).Take(limit - read.Count));
            break;
        }

        return read;
    }

    private void SetAside(EventPosition position, string reason)
    {
        if (_forgotten.Contains(position))
            return;

        Guarded(() => _log.Mend(_connection));
        // Asked again because the flush failed: what stands there now is the notice.
        if (_setAsideUnflushed != position)
            Guarded(() => MoveToQuarantine(position, reason));
        _setAsideUnflushed = position;
        // The event is nowhere else, and its notice is told at once.
        Guarded(_log.Flush);
        _setAsideUnflushed = null;
    }

    private void MoveToQuarantine(EventPosition position, string reason)
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
        _quarantined += added;
        _backlog -= notice is null ? set.Count : 0;
    }

    private List<OutboxEntry> Forget(Func<List<(OutboxEntry Entry, bool Intact)>> select)
    {
        var forgotten = Guarded(select).ConvertAll(row => row.Entry).FindAll(entry => _forgotten.Add(entry.Position));
        try
        {
            if (_forgotten.Count > MostForgotten)
                Guarded(DeleteForgottenWithRoom);
        }
        catch (StorageFaultException)
        {
            // The caller tries again, and is to hear of these then.
            _forgotten.ExceptWith(forgotten.Select(entry => entry.Position));
            throw;
        }

        _backlog -= forgotten.Count;
        return forgotten;
    }

    /// <summary>Also on a full disk, where even a deletion needs room in the log.</summary>
    private void DeleteForgottenWithRoom()
    {
        try
        {
            DeleteForgotten();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteFaults.Full)
        {
            _reserve.GiveUp();
            _reserveForDeletes.GiveUp();
            _log.Fold(_connection);
            DeleteForgotten();
        }
    }

    private void DeleteForgotten()
    {
        using var transaction = _connection.BeginTransaction();
        DeleteForgottenRows();
        transaction.Commit();
        _forgotten.Clear();
    }

    private void DeleteForgottenRows()
    {
        if (_forgotten.Count == 0)
            return;
        using var delete = Command("DELETE FROM events WHERE epoch = $0 AND sequence BETWEEN $1 AND $2", 0, 0L, 0L);
        foreach (var (epoch, first, last) in Runs())
        {
            (delete.Parameters[0].Value, delete.Parameters[1].Value, delete.Parameters[2].Value) = (epoch, first, last);
            delete.ExecuteNonQuery();
        }
    }

    /// <summary>The forgotten positions as ranges without holes.</summary>
    private List<(int Epoch, long First, long Last)> Runs()
    {
        var runs = new List<(int Epoch, long First, long Last)>();
        foreach (var position in _forgotten.Order())
        {
            if (runs.Count > 0 && runs[^1] is var run && run.Epoch == position.Epoch && run.Last + 1 == position.Sequence)
                runs[^1] = run with { Last = position.Sequence };
            else
                runs.Add((position.Epoch, position.Sequence, position.Sequence));
        }

        return runs;
    }

    private List<(OutboxEntry Entry, bool Intact)> SelectOne(EventPosition position) =>
        Select($"SELECT {EventRows.Columns} FROM events WHERE epoch = $0 AND sequence = $1", position.Epoch, position.Sequence);

    private List<(OutboxEntry Entry, bool Intact)> Select(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<(OutboxEntry, bool)>();
        while (reader.Read())
            rows.Add(EventRows.Read(reader));
        return rows;
    }
}
