namespace BayEdge.Simulator.Scenarios;

/// <summary>Which vehicles come, and for how long.</summary>
/// <remarks>Every figure is assumed, taken from no workshop.</remarks>
public sealed record TrafficOptions
{
    /// <summary>The default value is 5 minutes (assumed).</summary>
    public TimeSpan ShortestStay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where short stays end and long ones begin; each kind is log-uniform. The default value is 8 hours (assumed).</summary>
    public TimeSpan LongStayFrom { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The default value is 3 days (assumed).</summary>
    public TimeSpan LongestStay { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Share of long stays. The default value is 0.12 (assumed).</summary>
    public double LongStayShare { get; init; } = 0.12;

    /// <summary>From one vehicle's leaving to the next one's entering, log-uniform. The default value is 1 minute (assumed).</summary>
    public TimeSpan ShortestEmpty { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The default value is 4 hours (assumed).</summary>
    public TimeSpan LongestEmpty { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Share of arrivals that come from another bay. The default value is 0.08 (assumed).</summary>
    public double MoveShare { get; init; } = 0.08;

    /// <summary>From leaving one bay to entering the next, when a vehicle moves. The default value is 40 seconds (assumed).</summary>
    public TimeSpan ShortestMove { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>The default value is 5 minutes (assumed).</summary>
    public TimeSpan LongestMove { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Share of arrivals of a vehicle that was here before. The default value is 0.25 (assumed).</summary>
    public double ReturningShare { get; init; } = 0.25;

    /// <summary>Share of vehicles without a tag. The default value is 0.05 (assumed).</summary>
    public double TaglessShare { get; init; } = 0.05;

    /// <summary>Share of vehicles with a tag and without a plate. The default value is 0.05 (assumed).</summary>
    public double PlatelessShare { get; init; } = 0.05;

    /// <summary>Share of tagged vehicles with two tags. The default value is 0.06 (assumed).</summary>
    public double TwoTagsShare { get; init; } = 0.06;

    /// <summary>Share of visits after which the tag stays behind in the bay. The default value is 0.002 (assumed).</summary>
    public double TagLeftBehindShare { get; init; } = 0.002;

    /// <summary>How long it lies there before somebody takes it away, log-uniform. The default value is 5 minutes (assumed).</summary>
    public TimeSpan ShortestLying { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The default value is 4 hours (assumed).</summary>
    public TimeSpan LongestLying { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Share of vehicles that the workshop expects. The default value is 0.8 (assumed).</summary>
    public double ExpectedShare { get; init; } = 0.8;

    /// <summary>Share of vehicles that belong to a fleet whose plates differ in one character. The default value is 0.15 (assumed).</summary>
    public double FleetShare { get; init; } = 0.15;

    /// <summary>Vehicles a fleet, all expected; most never come. The default value is 8 (assumed).</summary>
    public int FleetSize { get; init; } = 8;
}
