namespace BayEdge.Core.Configuration;

/// <summary>What a person may set of how the bays are decided; all else the device learns.</summary>
public sealed record RulesConfiguration
{
    public const int DefaultShortestStaySeconds = 4;
    public const int LeastShortestStaySeconds = 4;
    public const int MostShortestStaySeconds = 300;

    public const int DefaultShortestSilenceSeconds = 30;

    /// <summary>By then a reader that has died is known to be down, and its silence means nothing.</summary>
    public const int LeastShortestSilenceSeconds = 30;
    public const int MostShortestSilenceSeconds = 300;

    public const int DefaultLongestSilenceMinutes = 20;
    public const int LeastLongestSilenceMinutes = 5;
    public const int MostLongestSilenceMinutes = 120;

    /// <summary>A tag that is heard for less merely passes, in seconds, 4 to 300. The default value is 4.</summary>
    public int ShortestStaySeconds { get; init; } = DefaultShortestStaySeconds;

    /// <summary>How sure the device must be that a vehicle has come. The default value is <see cref="Caution.Balanced"/>.</summary>
    public Caution Arrivals { get; init; } = Caution.Balanced;

    /// <summary>How sure the device must be that a vehicle has left. The default value is <see cref="Caution.Balanced"/>.</summary>
    public Caution Departures { get; init; } = Caution.Balanced;

    /// <summary>No shorter silence of a tag is a departure where nothing else speaks, in seconds, 30 to 300. The default value is 30.</summary>
    public int ShortestSilenceSeconds { get; init; } = DefaultShortestSilenceSeconds;

    /// <summary>Any longer silence of a tag is a departure where nothing else speaks, in minutes, 5 to 120. The default value is 20.</summary>
    public int LongestSilenceMinutes { get; init; } = DefaultLongestSilenceMinutes;
}

/// <summary>A wrong word against a late one.</summary>
public enum Caution
{
    /// <summary>Told soon, and corrected more often.</summary>
    Prompt,

    /// <summary>As the benchmark is measured with.</summary>
    Balanced,

    /// <summary>Told late, and seldom corrected.</summary>
    Careful,
}
