namespace BayEdge.Simulator.Workshop;

/// <summary>What kind of day a workshop has.</summary>
/// <remarks>The figures are assumed: chosen so that a demonstration shows something, taken from no workshop.</remarks>
public sealed record WorkshopOptions
{
    /// <summary>The shortest stay or empty time that leaves a car room to drive in and out.</summary>
    public static readonly TimeSpan ShortestPhase = TimeSpan.FromSeconds(20);

    /// <summary>The same seed gives the same day. The default value is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The default value is 2.</summary>
    public int Bays { get; init; } = 2;

    /// <summary>How many of the bays, from the first, have a camera. The default value is 1.</summary>
    public int Cameras { get; init; } = 1;

    /// <summary>Where the plates come from: cn, eu, us or br. The default value is cn.</summary>
    public string PlateRegion { get; init; } = "cn";

    /// <summary>For how long vehicles keep arriving. The default value is 8 hours.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(8);

    /// <summary>When the first vehicle crosses the line of the first bay. The default value is 2 seconds after the start.</summary>
    public TimeSpan FirstArrival { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The default value is 3 minutes.</summary>
    public TimeSpan ShortestStay { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The default value is 12 minutes.</summary>
    public TimeSpan LongestStay { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>The shortest time from one vehicle's leaving to the next one's entering. The default value is 40 seconds.</summary>
    public TimeSpan ShortestEmpty { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The default value is 4 minutes.</summary>
    public TimeSpan LongestEmpty { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Share of vehicles that carry a tag and no plate. The default value is 0.2.</summary>
    public double TagOnlyShare { get; init; } = 0.2;

    /// <summary>Share of vehicles that carry a plate and no tag; they go to bays with a camera. The default value is 0.2.</summary>
    public double PlateOnlyShare { get; init; } = 0.2;

    /// <summary>How often a vehicle that came before comes again, as a share of arrivals. The default value is 0.3.</summary>
    public double ReturningShare { get; init; } = 0.3;

    /// <summary>How often a technician stands before tag or plate, a minute. The default value is 0.5.</summary>
    public double ObstructionsPerMinute { get; init; } = 0.5;

    /// <summary>The default value is 20 seconds.</summary>
    public TimeSpan LongestObstruction { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How bright the workshop is, 0.2 to 1. The default value is 1.</summary>
    public double Light { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Bays, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Cameras);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Cameras, Bays);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShortestStay, ShortestPhase);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestStay, ShortestStay);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShortestEmpty, ShortestPhase);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestEmpty, ShortestEmpty);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TagOnlyShare + PlateOnlyShare, 1);
    }
}
