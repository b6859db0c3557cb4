using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.State;

/// <summary>The retained state of a bay.</summary>
public sealed record BayStateMessage
{
    public required string Bay { get; init; }

    public required BayOccupancy State { get; init; }

    public string? VisitId { get; init; }

    public Vehicle? Vehicle { get; init; }

    /// <summary>Since when the bay has been in this state.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the device last looked.</summary>
    public required DateTimeOffset AsOf { get; init; }
}

public enum BayOccupancy
{
    /// <summary>No source of the bay works, so nothing can be said.</summary>
    Unknown,
    Vacant,
    Occupied,
}
