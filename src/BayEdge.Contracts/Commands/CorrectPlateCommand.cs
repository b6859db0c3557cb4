namespace BayEdge.Contracts.Commands;

/// <summary>Says which plate the vehicle of a visit has; the device tells it as a correction or identification.</summary>
public sealed record CorrectPlateCommand
{
    public required string Bay { get; init; }

    /// <summary>The visit that the bay has, or its last one.</summary>
    public required string VisitId { get; init; }

    /// <summary>Compared by letters and digits only, in upper case.</summary>
    public required string Plate { get; init; }
}

public sealed record CorrectPlateResult
{
    public required PlateTold Told { get; init; }
}

/// <summary>What is told because a person said what a plate is.</summary>
public enum PlateTold
{
    /// <summary>It was known already, and so was the vehicle.</summary>
    Nothing,

    /// <summary>More is known of the vehicle now.</summary>
    Identified,

    /// <summary>What was told before does not hold.</summary>
    Corrected,
}
