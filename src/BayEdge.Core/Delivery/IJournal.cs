using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Delivery;

/// <summary>Where the bay loop writes: events get their number and become durable together with the bays' snapshot.</summary>
public interface IJournal
{
    /// <summary>Begins anew only when the journal before was damaged or lost.</summary>
    int Epoch { get; }

    /// <summary>The newest number given out in <see cref="Epoch"/>; 0 before the first event.</summary>
    long LastSequence { get; }

    /// <summary>What will soon keep the disk from taking events, in a sentence; null while there is room.</summary>
    Phrase? Warning => null;

    /// <summary>
    /// Since when events were decided that the disk refused until the service ended, so that they are lost; null once events are stored
    /// again.
    /// </summary>
    DateTimeOffset? RefusedSince => null;

    /// <summary>Writes events and snapshot in one transaction that is on the disk when this returns.</summary>
    /// <param name="events">In the order in which they get their numbers; may be empty.</param>
    /// <param name="snapshot">The bays' state after these events, opaque to the journal.</param>
    /// <returns>The position of each event.</returns>
    /// <exception cref="StorageFaultException">Nothing was written; the caller keeps what it has and tries again.</exception>
    IReadOnlyList<EventPosition> Append(IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte> snapshot);

    /// <summary>Keeps, for the next start, that events wait which the disk refuses: a power cut would take them from memory.</summary>
    /// <param name="since">When the oldest of them was decided.</param>
    void NoteRefused(DateTimeOffset since);

    /// <summary>The snapshot of the last append; null in a new journal.</summary>
    /// <exception cref="InvalidDataException">There is one, and it is not as it was written.</exception>
    ReadOnlyMemory<byte>? ReadSnapshot();

    /// <summary>Events that were dated by a clock that nobody vouched for, in their order.</summary>
    /// <remarks>The newest of them; a device that never hears of the time does not collect them for ever.</remarks>
    IReadOnlyList<UnsettledEvent> ReadUnsettled();

    /// <summary>Dates them anew, in one transaction that is on the disk when this returns, and forgets that they were unsettled.</summary>
    /// <remarks>What the outbox has handed out may have been seen and is corrected; what it has not is replaced.</remarks>
    /// <returns>How many events were replaced and how many corrected.</returns>
    /// <exception cref="StorageFaultException">Nothing was changed.</exception>
    (int Replaced, int Corrected) Settle(IReadOnlyList<Redating> redatings, ReadOnlyMemory<byte> snapshot);
}

/// <summary>An event that has no number yet.</summary>
/// <param name="Topic">Where it will be published.</param>
/// <param name="RecordedAt">When it was decided, on the wall clock.</param>
/// <param name="Compose">Makes the payload once the number is known; must be pure.</param>
public sealed record PendingEvent(string Topic, DateTimeOffset RecordedAt, Func<EventPosition, byte[]> Compose)
{
    /// <summary>The instants it tells, where they must be told anew once the time is known; else null.</summary>
    public EventInstants? Unsettled { get; init; }
}

/// <summary>The disk does not take what must be kept. The message says what to do.</summary>
public sealed class StorageFaultException(Wording message, Exception? cause = null) : Exception(message.Text, cause)
{
    /// <summary>The message, in a form that a page can say in another language.</summary>
    public Phrase Says { get; } = message.Phrase;

    /// <summary>Whether it stays so until what writes to the disk is opened anew.</summary>
    public bool NeedsReopening { get; init; }
}
