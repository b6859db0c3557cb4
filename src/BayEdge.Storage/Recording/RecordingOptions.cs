namespace BayEdge.Storage.Recording;

/// <summary>Where the recording is and how far it may grow.</summary>
public sealed record RecordingOptions
{
    /// <summary>The data folder; the recording gets a folder of its own in it.</summary>
    public required string Folder { get; init; }

    /// <summary>All segments together, in bytes. The default value is 64 MB.</summary>
    public long MaximumBytes { get; init; } = 64_000_000;

    /// <summary>How much recorded time is kept where the bytes suffice. The default value is 24 hours.</summary>
    /// <remarks>Recorded, not by the calendar: a clock that is set right after a start must not make the last minutes look years old.</remarks>
    public TimeSpan Span { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// What is left free on the disk for events, logs and the system, in bytes; below, the oldest segments go, and then nothing
    /// is recorded. The default value is 256 MB.
    /// </summary>
    public long KeptFreeBytes { get; init; } = 256_000_000;
}
