namespace BayEdge.Contracts.State;

/// <summary>The vehicles that the workshop expects; retained, replaces the list before.</summary>
public sealed record ExpectedVehicles
{
    public required IReadOnlyList<ExpectedVehicle> Vehicles { get; init; }
}

/// <summary>A vehicle that the workshop knows of.</summary>
public sealed record ExpectedVehicle
{
    /// <summary>The central system's own reference, such as a work-order number.</summary>
    public required string Ref { get; init; }

    public string? Plate { get; init; }

    /// <summary>Tag identities, upper-case hex.</summary>
    public IReadOnlyList<string> Tags
    {
        // Left out of JSON, it is not set at all.
        get => field ?? [];
        init;
    } = [];
}
