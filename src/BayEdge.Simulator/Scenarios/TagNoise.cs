using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>How tags are heard. The defaults are those of the level "normal".</summary>
/// <remarks>Every figure is assumed.</remarks>
public sealed record TagNoise
{
    /// <summary>
    /// Levels, losses and fading. Reads a second and the loss of an obstruction are drawn a tag and an obstruction, from the
    /// figures below.
    /// </summary>
    public TagSignalOptions Signal { get; init; } = new()
    {
        ReportEvery = TimeSpan.FromSeconds(1),
        NeighbourLossDb = 15,
        TagSpreadDb = 2.5,
        SlowFadingDb = 2.5,
        SlowFadingTime = TimeSpan.FromSeconds(20),
        FastFadingDb = 2,
    };

    /// <summary>Reads a second of the slowest tag, log-uniform up to the fastest. The default value is 0.5 (assumed).</summary>
    public double SlowestReadsPerSecond { get; init; } = 0.5;

    /// <summary>The default value is 20 (assumed).</summary>
    public double FastestReadsPerSecond { get; init; } = 20;

    /// <summary>How much antennas differ by mounting and cable, standard deviation in dB. The default value is 2 (assumed).</summary>
    public double AntennaSpreadDb { get; init; } = 2;

    /// <summary>
    /// What reflections do to one parked vehicle at one antenna for as long as it stands, standard deviation in dB. The default
    /// value is 2.5 (assumed).
    /// </summary>
    public double ReflectionSpreadDb { get; init; } = 2.5;

    /// <summary>
    /// How often a raised lift or an open door reflects a vehicle into one other antenna, an hour. The default value is 0.05
    /// (assumed).
    /// </summary>
    public double ReflectionsPerHour { get; init; } = 0.05;

    /// <summary>What such a reflection gains, in dB. The default value is 10 (assumed).</summary>
    public double ReflectionGainDb { get; init; } = 10;

    /// <summary>The default value is 10 minutes (assumed); log-uniform from 10 seconds.</summary>
    public TimeSpan LongestReflection { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often somebody works before tag or plate, an hour from 08:00 to 18:00. The default value is 5 (assumed).</summary>
    public double ShadowsPerHour { get; init; } = 5;

    /// <summary>The default value is 3 seconds (assumed).</summary>
    public TimeSpan ShortestShadow { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The default value is 20 minutes (assumed).</summary>
    public TimeSpan LongestShadow { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// Exponent of the Pareto tail of the shadows' length: the chance to exceed t falls with t to the minus this. The default
    /// value is 1 (assumed).
    /// </summary>
    public double ShadowTail { get; init; } = 1;

    /// <summary>Mean loss in the shadow, in dB, spread by a third of it. The default value is 22 (assumed).</summary>
    public double ShadowLossDb { get; init; } = 22;

    /// <summary>Share of the shadows that also hide the tag from the neighbours' antennas. The default value is 0.5 (assumed).</summary>
    public double ShadowFromAllSidesShare { get; init; } = 0.5;

    /// <summary>Share of visits that end with the tag in a shadow. The default value is 0.01 (assumed).</summary>
    public double ShadowedDepartureShare { get; init; } = 0.01;

    /// <summary>What a vehicle in the aisle loses, compared with parked, in dB. The default value is 13 (assumed).</summary>
    public double AisleLossDb { get; init; } = 13;

    /// <summary>Tagged vehicles that pass all bays without entering one, an hour. The default value is 1 (assumed).</summary>
    public double PassingsPerHour { get; init; } = 1;

    /// <summary>Time before each bay while passing. The default value is 2 seconds (assumed).</summary>
    public TimeSpan PassingTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Share of the passing vehicles that stop before a bay. The default value is 0.05 (assumed).</summary>
    public double StopShare { get; init; } = 0.05;

    /// <summary>The default value is 20 seconds (assumed).</summary>
    public TimeSpan LongestStop { get; init; } = TimeSpan.FromSeconds(20);

    internal static TagNoise Easy { get; } = new TagNoise() with
    {
        Signal = new TagNoise().Signal with { NeighbourLossDb = 20, TagSpreadDb = 1.5, SlowFadingDb = 1.5, FastFadingDb = 1.5 },
        SlowestReadsPerSecond = 2,
        AntennaSpreadDb = 1,
        ReflectionSpreadDb = 1.5,
        ReflectionsPerHour = 0,
        ShadowsPerHour = 1.5,
        ShadowTail = 1.4,
        ShadowedDepartureShare = 0.002,
        AisleLossDb = 16,
        PassingsPerHour = 0.3,
        StopShare = 0,
    };

    internal static TagNoise Hard { get; } = new TagNoise() with
    {
        Signal = new TagNoise().Signal with { NeighbourLossDb = 12, TagSpreadDb = 3.5, SlowFadingDb = 3.5, FastFadingDb = 3 },
        SlowestReadsPerSecond = 0.2,
        AntennaSpreadDb = 3,
        ReflectionSpreadDb = 3,
        ReflectionsPerHour = 0.2,
        ShadowsPerHour = 8,
        ShadowTail = 0.85,
        ShadowedDepartureShare = 0.03,
        AisleLossDb = 10,
        PassingsPerHour = 4,
        StopShare = 0.15,
        LongestStop = TimeSpan.FromMinutes(1),
    };
}
