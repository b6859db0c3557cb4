using BayEdge.Core.Configuration;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Recording;

/// <summary>What the flight recorder records for, and how it spares the card.</summary>
internal sealed record FlightRecorderOptions
{
    /// <summary>Of the service that records.</summary>
    public required string Product { get; init; }

    /// <summary>What holds, without secrets.</summary>
    public required EdgeConfiguration Configuration { get; init; }

    /// <summary>Of the computer's present start.</summary>
    public required string BootId { get; init; }

    public required RecordingOptions Store { get; init; }

    /// <summary>
    /// How often what was told is written, where nothing was decided. The default value is 1 minute: what a power cut costs,
    /// weighed against the wear of an SD card.
    /// </summary>
    public TimeSpan BatchEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much is gathered at most before it is written, in bytes before compression. The default value is 1 MiB.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>How long a segment is at most. The default value is 1 hour.</summary>
    public TimeSpan SegmentSpan { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far the wall clock may be from the times of the lines before a new segment begins. The default value is 1 s.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long after a segment's beginning, or after the disk took nothing, the next one begins at the earliest. The default
    /// value is 1 minute.
    /// </summary>
    public TimeSpan ShortestSegment { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How much waits at most while the disk is slow, in inputs; what comes then is left out. The default value is 65,536: a
    /// quarter of an hour of a busy workshop in a few megabytes.
    /// </summary>
    public int MostWaiting { get; init; } = 65_536;
}
