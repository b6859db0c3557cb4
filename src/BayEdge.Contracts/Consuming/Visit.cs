using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Consuming;

/// <summary>A vehicle's stay in a bay, as far as its events tell.</summary>
public sealed record Visit
{
    public required string Site { get; init; }

    public required string Device { get; init; }

    /// <summary>Unique within the device.</summary>
    public required string VisitId { get; init; }

    public required string Bay { get; init; }

    public required Vehicle Vehicle { get; init; }

    public VisitMoment? Entered { get; init; }

    public VisitMoment? Left { get; init; }

    /// <summary>Seconds between entering and leaving; null until both are known.</summary>
    public double? OccupiedSeconds { get; init; }

    /// <summary>Set when the device took the visit back: it never was.</summary>
    public bool IsRetracted { get; init; }

    /// <summary>Why the visit was last corrected or retracted.</summary>
    public string? Reason { get; init; }

    public bool IsFinished => Left is not null && !IsRetracted;
}

/// <summary>A physical moment and its bounds.</summary>
/// <param name="At">The best estimate.</param>
/// <param name="Earliest">Not before; null when only the estimate is known.</param>
/// <param name="Latest">Not after; null when only the estimate is known.</param>
public sealed record VisitMoment(DateTimeOffset At, DateTimeOffset? Earliest, DateTimeOffset? Latest);
