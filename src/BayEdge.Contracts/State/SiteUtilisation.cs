namespace BayEdge.Contracts.State;

/// <summary>Whether a site is busy; retained, published by the central consumer whenever it changes.</summary>
public sealed record SiteUtilisation
{
    public required string Site { get; init; }

    public required UtilisationLevel Level { get; init; }

    /// <summary>The share of the bays' time in use, 0 to 1; absent outside the site's shifts.</summary>
    public double? Utilisation { get; init; }

    /// <summary>The share, 0 to 1, from which on the level is high.</summary>
    public required double Threshold { get; init; }

    /// <summary>How many bays were counted.</summary>
    public required int Bays { get; init; }

    /// <summary>When the level changed.</summary>
    public required DateTimeOffset Since { get; init; }
}

public enum UtilisationLevel
{
    Normal,
    High,
}
