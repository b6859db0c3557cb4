using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;

namespace BayEdge.PowerCut;

/// <summary>Opens a journal after a power cut and holds it against the promises.</summary>
internal sealed class RecoveryCheck(Promises promises)
{
    // A token that no load reaches.
    private const long Afterwards = 1L << 50;

    private readonly List<Violation> _violations = [.. promises.Violations];

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Confirmed events that are in the outbox again: allowed, the central system drops them by their position.</summary>
    public int DeliveredAgain { get; private set; }

    /// <returns>Null when the journal did not open.</returns>
    public RecoveredJournal? Run(string folder)
    {
        try
        {
            RecoveredJournal found;
            using (var journal = SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System))
            {
                if (journal.Recovery is { } recovery)
                    Add(ViolationKind.Start, $"A new epoch began on a disk that keeps what it flushed: {recovery.Reason}");
                found = Read(journal);
                Compare(found, journal);
                AppendOne(journal, found);
            }

            using var again = SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System);
            FindAppended(again, found);
            return found;
        }
        catch (StorageFaultException exception)
        {
            Add(ViolationKind.Start, exception.Message);
            return null;
        }
    }

    private RecoveredJournal Read(SqliteJournal journal)
    {
        var tokens = new Dictionary<long, long>();
        var present = new HashSet<long>();
        foreach (var entry in journal.Read(default, int.MaxValue))
        {
            present.Add(entry.Position.Sequence);
            if (Content.TokenOf(entry) is { } token)
                tokens.Add(entry.Position.Sequence, token);
            else if (!promises.MayBeSetAside(entry.Position.Sequence))
                Add(ViolationKind.Doubled, $"Event {entry.Position.Sequence} holds what nobody wrote.");
        }

        var append = journal.ReadSnapshot() is { } snapshot ? Content.AppendOf(snapshot.Span) : 0;
        if (append is null)
            Add(ViolationKind.State, "The snapshot holds what nobody wrote.");
        return new RecoveredJournal(journal.Epoch, journal.LastSequence, append ?? -1, tokens, present, journal.GetStatus().Quarantined);
    }

    private void Compare(RecoveredJournal found, SqliteJournal journal)
    {
        if (found.Epoch != (promises.Epoch ?? 1))
            Add(ViolationKind.State, $"Epoch {found.Epoch} followed epoch {promises.Epoch ?? 1}.");
        CompareEnd(found);
        foreach (var (sequence, token) in promises.Tokens)
        {
            if (!found.Present.Contains(sequence) && !promises.MayBeGone(sequence))
                Add(ViolationKind.Lost, $"Event {sequence} is gone and was not confirmed.");
            if (found.Tokens.TryGetValue(sequence, out var stored) && stored != token)
                Add(ViolationKind.Doubled, $"Event {sequence} was {token} and is now {stored}.");
        }

        DeliveredAgain = found.Present.Count(promises.IsConfirmed);
        var backlog = journal.GetStatus().Backlog;
        if (backlog != found.Present.Count)
            Add(ViolationKind.State, $"The backlog is said to be {backlog} and is {found.Present.Count}.");
        if (found.SetAside < promises.LeastSetAside || found.SetAside > promises.MostSetAside)
        {
            Add(
                ViolationKind.State,
                $"{found.SetAside} events are set aside; expected {promises.LeastSetAside} to {promises.MostSetAside}.");
        }
    }

    /// <summary>The append without an answer is there as a whole, with its snapshot, or not at all.</summary>
    private void CompareEnd(RecoveredJournal found)
    {
        var before = (promises.Last, promises.Append);
        var after = promises.Unanswered is { } asked ? (promises.Last + asked.Count, asked.Append) : before;
        var published = promises.Tokens.Keys.DefaultIfEmpty().Max();
        if ((found.Last, found.Append) != after && ((found.Last, found.Append) != before || published > before.Last))
        {
            var kind = found.Last < Math.Max(before.Last, published) ? ViolationKind.Lost : ViolationKind.State;
            Add(
                kind,
                $"The journal ends at (event, append) {(found.Last, found.Append)}; expected {before} or {after}, published was {published}.");
        }

        foreach (var (sequence, token) in found.Tokens.Where(pair => pair.Key > before.Last))
        {
            if (promises.Unanswered is not { } unanswered || token != unanswered.FirstToken + (sequence - before.Last - 1))
                Add(ViolationKind.Doubled, $"Event {sequence} was never asked for as {token}.");
        }
    }

    private void AppendOne(SqliteJournal journal, RecoveredJournal found)
    {
        var position = journal.Append([Content.Event(Afterwards)], Content.Snapshot(Afterwards))[0];
        if (position != new EventPosition(found.Epoch, found.Last + 1))
            Add(ViolationKind.Doubled, $"The first event after the cut became {position.EventId}, after event {found.Last}.");
    }

    private void FindAppended(SqliteJournal journal, RecoveredJournal found)
    {
        var entry = journal.Read(new EventPosition(found.Epoch, found.Last), 1).SingleOrDefault();
        if (entry is null || Content.TokenOf(entry) != Afterwards || journal.Epoch != found.Epoch || journal.LastSequence != found.Last + 1)
        {
            Add(
                ViolationKind.Lost,
                $"The second start is at epoch {journal.Epoch}, event {journal.LastSequence}, without the first event after the cut.");
        }
    }

    public void Add(ViolationKind kind, string what) => _violations.Add(new Violation(kind, what));
}
