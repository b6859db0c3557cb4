using System.Collections.Immutable;

namespace BayEdge.Contracts.Consuming;

/// <summary>Which events of one <see cref="EventSource"/> a consumer holds, which are missing and what it may acknowledge.</summary>
/// <remarks>
/// <para>Immutable, so that a transaction that failed leaves the ledger before it untouched.</para>
/// <para>
/// The first number of an epoch is 1. A consumer that comes late, when the device has already forgotten events that
/// somebody else acknowledged, begins where the device's retained online status says: at <c>firstUnconfirmed</c>, or behind
/// <c>lastSequence</c> when all are confirmed (<see cref="KeptFrom"/>). Until it has seen number 1 or such a status it
/// does not know where to begin, stores what comes and acknowledges nothing. A new epoch of a device that is already
/// known always begins at 1 (<see cref="FromFirst"/>), since nobody else answers for it.
/// </para>
/// </remarks>
public sealed class SequenceLedger
{
    private readonly ImmutableArray<SequenceRange> _held;

    private SequenceLedger(ImmutableArray<SequenceRange> held, long? start, long firstKept, long lastKnown)
    {
        _held = held;
        Start = start;
        FirstKept = firstKept;
        LastKnown = lastKnown;
    }

    /// <summary>Of a device never heard of before: where to begin is not yet known.</summary>
    public static SequenceLedger Unknown { get; } = new([], null, 1, 0);

    /// <summary>Answers for everything from number 1.</summary>
    public static SequenceLedger FromFirst { get; } = new([], 1, 1, 0);

    /// <summary>What is held, as disjoint ranges in rising order that do not touch.</summary>
    public IReadOnlyList<SequenceRange> Held => _held;

    /// <summary>The first number that the consumer was told to answer for; null as long as nobody said.</summary>
    public long? Start { get; }

    /// <summary>The device has said that it keeps no number below this one, so none below can come any more.</summary>
    public long FirstKept { get; }

    /// <summary>The highest number known to have been given out.</summary>
    public long LastKnown { get; }

    /// <summary>The highest number below which nothing is missing that can still come; null when there is nothing to say.</summary>
    public long? AckUpTo
    {
        get
        {
            if (FirstOwed is not { } owed)
                return null;

            var first = Math.Max(owed, FirstKept);
            var index = IndexOf(first);
            if (index >= 0)
                return _held[index].Last;

            // The device keeps nothing below, so it forgets nothing; but an acknowledgement that stands still asks for what is missing,
            // and after a power cut the device may have forgotten that it heard the last one.
            return first > 1 && (first <= LastKnown || IndexOf(first - 1) >= 0) ? first - 1 : null;
        }
    }

    /// <summary>Gaps that the device can still fill; it sends again whatever is not acknowledged.</summary>
    public IEnumerable<SequenceRange> Missing =>
        from gap in Gaps where gap.Last >= FirstKept select gap with { First = Math.Max(gap.First, FirstKept) };

    /// <summary>Gaps that the device has forgotten: somebody else acknowledged them, or it confirms by the broker's word alone.</summary>
    public IEnumerable<SequenceRange> Lost =>
        from gap in Gaps where gap.First < FirstKept select gap with { Last = Math.Min(gap.Last, FirstKept - 1) };

    private long? FirstOwed => (Start, _held) switch
    {
        ({ } start, []) => start,
        ({ } start, [var first, ..]) => Math.Min(start, first.First),
        (null, [{ First: 1 }, ..]) => 1,
        _ => null,
    };

    private IEnumerable<SequenceRange> Gaps
    {
        get
        {
            var next = FirstOwed ?? (_held.IsEmpty ? LastKnown + 1 : _held[0].First);
            foreach (var range in _held)
            {
                if (range.First > next)
                    yield return new SequenceRange(next, range.First - 1);
                next = range.Last + 1;
            }

            if (next <= LastKnown)
                yield return new SequenceRange(next, LastKnown);
        }
    }

    /// <summary>Restores a ledger from what it was made of.</summary>
    public static SequenceLedger Restore(IEnumerable<SequenceRange> held, long? start, long firstKept, long lastKnown) =>
        new([.. held], start, firstKept, lastKnown);

    /// <summary>Takes note of an event; call it in the transaction that stores the event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Sequence numbers begin at 1.</exception>
    public (SequenceLedger Ledger, Acceptance Acceptance) Accept(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        var index = IndexOf(sequence);
        if (index >= 0)
            return (this, Acceptance.Duplicate);

        // Of a device never heard of before, the first event to come opens nothing: where to begin is still to be learnt.
        var isFirstWord = FirstOwed is null && _held.IsEmpty;
        var opensGap = !isFirstWord && sequence > Math.Max(LastKnown + 1, FirstOwed ?? 1);
        var ledger = new SequenceLedger(Insert(sequence, ~index), Start, FirstKept, Math.Max(LastKnown, sequence));
        return (ledger, opensGap ? Acceptance.NewOpensGap : Acceptance.New);
    }

    /// <summary>The device's word that it keeps nothing below a number.</summary>
    public SequenceLedger KeptFrom(long firstKept) =>
        Start is not null && firstKept <= FirstKept ? this : new(_held, Start ?? firstKept, firstKept, LastKnown);

    /// <summary>The device's word that its numbers of this epoch ran at least up to here, though they may not have come.</summary>
    public SequenceLedger RanUpTo(long lastSequence) =>
        lastSequence <= LastKnown ? this : new(_held, Start, FirstKept, lastSequence);

    /// <summary>The index of the range that holds a number, or the complement of where such a range would stand.</summary>
    private int IndexOf(long sequence)
    {
        // Nearly every event continues the last range, so the search begins at the end.
        for (var i = _held.Length - 1; i >= 0; i--)
        {
            if (_held[i].Contains(sequence))
                return i;
            if (_held[i].Last < sequence)
                return ~(i + 1);
        }

        return ~0;
    }

    private ImmutableArray<SequenceRange> Insert(long sequence, int at)
    {
        var joinsBefore = at > 0 && _held[at - 1].Last == sequence - 1;
        var joinsAfter = at < _held.Length && _held[at].First == sequence + 1;
        return (joinsBefore, joinsAfter) switch
        {
            (true, true) => _held.SetItem(at - 1, new(_held[at - 1].First, _held[at].Last)).RemoveAt(at),
            (true, false) => _held.SetItem(at - 1, _held[at - 1] with { Last = sequence }),
            (false, true) => _held.SetItem(at, _held[at] with { First = sequence }),
            _ => _held.Insert(at, new(sequence, sequence)),
        };
    }
}

/// <summary>What an event is to a consumer.</summary>
public enum Acceptance
{
    /// <summary>Not held before: store it.</summary>
    New,

    /// <summary>Not held before, and others before it have not come: store it, and do not acknowledge beyond the gap.</summary>
    NewOpensGap,

    /// <summary>Held already: drop it, and acknowledge again, since the device has not heard.</summary>
    Duplicate,
}
