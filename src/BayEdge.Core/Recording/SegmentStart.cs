using BayEdge.Core.Configuration;

namespace BayEdge.Core.Recording;

/// <summary>What a segment of a recording begins with.</summary>
public sealed record SegmentStart
{
    /// <summary>Of the service that recorded; another may decide otherwise.</summary>
    public required string Product { get; init; }

    /// <summary>Counts up over all starts of the service.</summary>
    public required int Number { get; init; }

    /// <summary>The segment that this one goes on from without a gap; null where something came between, if only a start.</summary>
    public int? Follows { get; init; }

    /// <summary>What held, without secrets.</summary>
    public required EdgeConfiguration Configuration { get; init; }

    public required RecordedState State { get; init; }
}
