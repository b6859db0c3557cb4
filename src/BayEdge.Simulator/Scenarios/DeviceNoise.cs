namespace BayEdge.Simulator.Scenarios;

/// <summary>What befalls the device and its sources. The defaults are those of the level "normal".</summary>
/// <remarks>Every figure is assumed.</remarks>
public sealed record DeviceNoise
{
    /// <summary>How often a source stops working, a day and source. The default value is 0.5 (assumed).</summary>
    public double OutagesPerDay { get; init; } = 0.5;

    /// <summary>The default value is 5 seconds (assumed); log-uniform up to the longest.</summary>
    public TimeSpan ShortestOutage { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The default value is 15 minutes (assumed).</summary>
    public TimeSpan LongestOutage { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The longest silence of a dead source before it is told to be down; half of the outages are told at once. The default value
    /// is 15 seconds (assumed).
    /// </summary>
    public TimeSpan LongestUntold { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Restarts of the service on the running computer, a day. The default value is 0.2 (assumed).</summary>
    public double RestartsPerDay { get; init; } = 0.2;

    /// <summary>How long a restart takes at most, from 3 seconds. The default value is 20 seconds (assumed).</summary>
    public TimeSpan LongestRestart { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The default value is 0.05 a day (assumed).</summary>
    public double PowerCutsPerDay { get; init; } = 0.05;

    /// <summary>From the cut to the service's running again, log-uniform from 30 seconds. The default value is 20 minutes (assumed).</summary>
    public TimeSpan LongestPowerCut { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Until a source is connected after a start, at most. The default value is 8 seconds (assumed).</summary>
    public TimeSpan LongestConnecting { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Until the wall clock is right after a power cut; before, it goes on from the time of the cut, as on a computer without a
    /// clock battery. The default value is 40 seconds (assumed); zero when it has a battery.
    /// </summary>
    public TimeSpan ClockLateFor { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How often the wall clock is set wrong for 1 to 30 minutes, a day. The default value is 0.05 (assumed).</summary>
    public double ClockStepsPerDay { get; init; } = 0.05;

    /// <summary>By how much at most, either way, log-uniform from 2 seconds. The default value is 2 hours (assumed).</summary>
    public TimeSpan LargestClockStep { get; init; } = TimeSpan.FromHours(2);

    internal static DeviceNoise Easy { get; } = new DeviceNoise() with
    {
        OutagesPerDay = 0.1,
        LongestUntold = TimeSpan.FromSeconds(3),
        RestartsPerDay = 0.05,
        PowerCutsPerDay = 0.02,
        ClockLateFor = TimeSpan.Zero,
        ClockStepsPerDay = 0,
    };

    internal static DeviceNoise Hard { get; } = new DeviceNoise() with
    {
        OutagesPerDay = 2,
        LongestOutage = TimeSpan.FromMinutes(30),
        LongestUntold = TimeSpan.FromSeconds(30),
        RestartsPerDay = 0.5,
        PowerCutsPerDay = 0.2,
        ClockStepsPerDay = 0.2,
    };
}
