using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <content>How events get onto the disk, all or nothing, and what makes room for them.</content>
public sealed partial class SqliteJournal
{
    public void NoteRefused(DateTimeOffset since)
    {
        lock (_gate)
        {
            if (_refusedSince is not null)
                return;
            _refusedSince = since;
            // The mark has its room on a full disk, too.
            TryMark(WriteMark);
        }
    }

    public (int Replaced, int Corrected) Settle(IReadOnlyList<Redating> redatings, ReadOnlyMemory<byte> snapshot)
    {
        lock (_gate)
        {
            var replaced = redatings.Where(redating => redating.InPlace is not null && redating.Position > _handedOut).ToList();
            var corrections = redatings.Except(replaced).Select(redating => redating.Correction).OfType<PendingEvent>().ToList();
            var unsettled = Guarded(() => UnsettledRows.Read(_connection));
            var told = Guarded(() => replaced.SelectMany(redating => SelectOne(redating.Position)).ToList());
            Store(
                corrections,
                snapshot,
                out var entries,
                () =>
                {
                    foreach (var redating in replaced)
                        EventRows.Replace(_connection, Compose(redating.InPlace!, redating.Position));
                    Run("DELETE FROM unsettled");
                },
                () =>
                {
                    foreach (var (entry, _) in told)
                        EventRows.Replace(_connection, entry);
                    foreach (var waiting in unsettled)
                        UnsettledRows.Insert(_connection, waiting);
                });
            return (replaced.Count, entries.Length);
        }
    }

    /// <summary>Numbers events and stores them with the snapshot and whatever else belongs to it, all or nothing.</summary>
    /// <param name="alsoDo">What else belongs to it.</param>
    /// <param name="alsoUndo">Takes back what <paramref name="alsoDo"/> did, after a flush that failed.</param>
    private void Store(
        IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte> snapshot, out OutboxEntry[] stored, Action? alsoDo = null, Action? alsoUndo = null)
    {
        var last = LastSequence;
        var entries = events.Select((pending, index) => Compose(pending, new EventPosition(Epoch, last + index + 1))).ToArray();
        var (packed, before) = (SnapshotRow.Pack(snapshot.Span), _packedSnapshot);
        Guarded(() =>
        {
            _log.Mend(_connection);
            if (entries.Length > 0)
                _mark.Write(new MarkedSequence(Epoch, last, last + entries.Length) { RefusedSince = _refusedSince });
            WithRoom(() =>
            {
                using var transaction = _connection.BeginTransaction();
                DeleteForgottenRows();
                InsertEvents(entries);
                foreach (var (pending, entry) in events.Zip(entries).Where(pair => pair.First.Unsettled is not null))
                    UnsettledRows.Insert(_connection, new UnsettledEvent(entry.Position, entry.Topic, entry.Payload, pending.Unsettled!));
                alsoDo?.Invoke();
                WriteSnapshot(packed, last + entries.Length);
                transaction.Commit();
            });
            FlushOrUndo(before, last, alsoUndo);
        });

        _forgotten.Clear();
        _packedSnapshot = packed;
        Volatile.Write(ref _lastSequence, last + entries.Length);
        _backlog += entries.Length;
        if (entries.Length > 0)
            NoteStored();
        stored = entries;
    }

    private void NoteStored()
    {
        if (_stored.CurrentCount == 0)
            _stored.Release();
        if (_refusedSince is null)
            return;
        _refusedSince = null;
        TryMark(WriteMark);
    }

    // One number more than there is says that something waits: once it is stored, the number is there.
    private void WriteMark() =>
        _mark.Write(new MarkedSequence(Epoch, LastSequence, LastSequence + (_refusedSince is null ? 0 : 1)) { RefusedSince = _refusedSince });

    private static void TryMark(Action mark)
    {
        try
        {
            mark();
        }
        catch (IOException)
        {
            // The disk takes nothing at all: the mark before stands.
        }
    }

    // What the caller is told was refused must not be delivered, or he stores it a second time.
    private void FlushOrUndo(byte[]? snapshotBefore, long last, Action? alsoUndo)
    {
        try
        {
            _log.Flush();
        }
        catch (IOException)
        {
            _isBeyondRepair = true;
            using var transaction = _connection.BeginTransaction();
            Run("DELETE FROM events WHERE epoch = $0 AND sequence > $1", Epoch, last);
            Run("DELETE FROM unsettled WHERE epoch = $0 AND sequence > $1", Epoch, last);
            alsoUndo?.Invoke();
            if (snapshotBefore is not null)
                WriteSnapshot(snapshotBefore, last);
            transaction.Commit();
            _forgotten.Clear();
            _isBeyondRepair = false;
            throw;
        }
    }

    private void WriteSnapshot(byte[] packed, long lastSequence) =>
        Run(SnapshotRow.Upsert, packed, (long)Checksum.Of(packed), Epoch, lastSequence);

    /// <summary>Does something that needs room; where there is none, what is confirmed and then the reserve make it.</summary>
    private void WithRoom(Action work)
    {
        try
        {
            work();
            TakeReserves();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteFaults.Full)
        {
            var madeRoom = _reserve.GiveUp();
            if (_forgotten.Count > 0)
            {
                DeleteForgottenWithRoom();
                madeRoom = true;
            }

            if (!madeRoom)
                throw;
            work();
        }
    }

    private void TakeReserves()
    {
        _reserveForDeletes.Take();
        _reserve.Take();
    }

    private static OutboxEntry Compose(PendingEvent pending, EventPosition position) =>
        new(position, pending.Topic, pending.Compose(position), pending.RecordedAt);

    private void InsertEvents(OutboxEntry[] entries)
    {
        if (entries.Length == 0)
            return;

        using var insert = EventRows.Insert(_connection);
        foreach (var entry in entries)
            EventRows.Run(insert, entry);
    }
}
