namespace BayEdge.Core.Configuration;

/// <summary>The flight recorder: the last hours of everything that the bays were told.</summary>
public sealed record RecorderConfiguration
{
    public const int DefaultMaximumMegabytes = 64;
    public const int DefaultHours = 24;

    /// <summary>The default value is true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How much of the card it takes at most, in MB (1,000,000 bytes), 4 to 10,000. The default value is 64.</summary>
    public int MaximumMegabytes { get; init; } = DefaultMaximumMegabytes;

    /// <summary>How many recorded hours are kept at least where the megabytes suffice, 1 to 720. The default value is 24.</summary>
    public int Hours { get; init; } = DefaultHours;
}
