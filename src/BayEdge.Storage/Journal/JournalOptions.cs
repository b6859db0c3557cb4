using BayEdge.Storage.Files;
using Microsoft.Win32.SafeHandles;

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

    /// <summary>Bytes set aside on the disk for the hour when others have filled it. The default value is 8 MiB, some thousands of events.</summary>
    public long ReserveBytes { get; init; } = 8 << 20;

    /// <summary>With less than this many bytes free on the disk the journal warns. The default value is 64 MiB.</summary>
    public long LowDiskBytes { get; init; } = 64 << 20;

    /// <summary>The epoch of a folder that never had a journal.</summary>
    public int FirstEpoch { get; init; } = 1;

    /// <summary>How long a start may look for damage; what it does not reach is checked when it is read.</summary>
    internal TimeSpan CheckLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Replaced where a test wants a disk that fails.</summary>
    internal Action<SafeFileHandle> Flush { get; init; } = DurableFile.FlushContent;
}
