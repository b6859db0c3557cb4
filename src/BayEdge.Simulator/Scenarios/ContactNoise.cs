namespace BayEdge.Simulator.Scenarios;

/// <summary>How loops and light beams err. The defaults are those of the level "normal".</summary>
/// <remarks>Every figure is assumed.</remarks>
public sealed record ContactNoise
{
    /// <summary>Share of bays with a contact, when the workshop has any. The default value is 0.35 (assumed).</summary>
    public double ContactShare { get; init; } = 0.35;

    /// <summary>Most times that a contact opens and closes again while a vehicle drives over it. The default value is 3 (assumed).</summary>
    public int MostBounces { get; init; } = 3;

    /// <summary>Openings for a moment under a parked vehicle, a day. The default value is 0.5 (assumed).</summary>
    public double DropsPerDay { get; init; } = 0.5;

    /// <summary>The default value is 3 seconds (assumed); log-uniform from 0.2 seconds.</summary>
    public TimeSpan LongestDrop { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Closings without a vehicle, by a trolley or a person, a day. The default value is 1 (assumed).</summary>
    public double FalseClosingsPerDay { get; init; } = 1;

    /// <summary>The default value is 4 seconds (assumed); log-uniform from 0.5 seconds.</summary>
    public TimeSpan LongestFalseClosing { get; init; } = TimeSpan.FromSeconds(4);

    internal static ContactNoise Easy { get; } = new ContactNoise() with { MostBounces = 0, DropsPerDay = 0, FalseClosingsPerDay = 0 };

    internal static ContactNoise Hard { get; } = new ContactNoise() with
    {
        MostBounces = 8,
        DropsPerDay = 3,
        LongestDrop = TimeSpan.FromSeconds(6),
        FalseClosingsPerDay = 4,
        LongestFalseClosing = TimeSpan.FromSeconds(12),
    };
}
