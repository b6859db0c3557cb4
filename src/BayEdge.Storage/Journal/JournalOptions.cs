namespace BayEdge.Storage.Journal;

/// <summary>Where the journal is and how far it may grow.</summary>
public sealed record JournalOptions
{
    public const long DefaultMaximumBytes = 1L << 30;

    internal const int PageBytes = 4096;

    /// <summary>The data folder; made where it is missing. It must be on a local disk.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// The size in bytes at which new events are refused. The default value is 1 GiB, about a million events.
    /// </summary>
    /// <remarks>
    /// Below a full disk on purpose: SQLite's write-ahead log needs space even to delete, so on a full disk nothing
    /// could be freed, while at this cap confirmed events still make room.
    /// </remarks>
    public long MaximumBytes { get; init; } = DefaultMaximumBytes;
}
