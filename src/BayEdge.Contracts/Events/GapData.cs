namespace BayEdge.Contracts.Events;

/// <summary>What a <c>device.gap</c> event says: between these times the device may have missed something.</summary>
public sealed record GapData
{
    /// <summary>
    /// <c>journal-damaged</c>: events may be missing, and a new epoch began. <c>bays-lost</c>: the bays begin empty, so a visit
    /// that was open may never end. <c>event-quarantined</c>: this notice has the number of an event that no broker would
    /// take and that the device keeps aside. <c>storage-full</c>: the disk took nothing for so long, or until the device went off,
    /// that events decided between the two times were given up.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>The newest moment that is known from before; the same as <see cref="To"/> when nothing is.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>The bays concerned; empty when all of the device's are.</summary>
    public IReadOnlyList<string> Bays
    {
        // Left out of JSON, it is not set at all.
        get => field ?? [];
        init;
    } = [];

    /// <summary>The epoch before, when this gap began a new one.</summary>
    public int? PreviousEpoch { get; init; }

    /// <summary>The last sequence number known to have been given out in the epoch before.</summary>
    public long? PreviousLastSequence { get; init; }
}
