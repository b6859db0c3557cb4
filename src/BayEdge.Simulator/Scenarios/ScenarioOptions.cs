using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>Which workshop to invent, for how long, and what the device sees of it.</summary>
public sealed record ScenarioOptions
{
    /// <summary>The same seed and options give the same truth and the same sightings. The default value is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>1 to 8. The default value is 2.</summary>
    public int Bays { get; init; } = 2;

    /// <summary>The default value is 1 day; the last vehicle leaves an hour before the end.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The default value is <see cref="SourceSet.All"/>.</summary>
    public SourceSet Sources { get; init; } = SourceSet.All;

    /// <summary>Midnight of the first day. The default value is a Monday.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public TrafficOptions Traffic { get; init; } = new();

    public ScenarioNoise Noise { get; init; } = ScenarioNoise.Normal;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Bays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Bays, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(Duration, TimeSpan.FromHours(3));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Traffic.ShortestStay, Traffic.LongestStay);
        ArgumentOutOfRangeException.ThrowIfLessThan(Traffic.ShortestStay, WorkshopOptions.ShortestPhase);
        ArgumentOutOfRangeException.ThrowIfLessThan(Traffic.ShortestEmpty, WorkshopOptions.ShortestPhase);
    }
}

/// <summary>What kinds of source the workshop has.</summary>
public enum SourceSet
{
    /// <summary>Readers only.</summary>
    Tags,

    /// <summary>Cameras only, which read plates and judge whether the bay is occupied.</summary>
    Cameras,

    /// <summary>Readers, cameras, and contacts at some of the bays.</summary>
    All,
}
