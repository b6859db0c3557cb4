namespace BayEdge.Core.Configuration;

/// <summary>The pictures that are kept as evidence of visits.</summary>
public sealed record PicturesConfiguration
{
    public const int DefaultDays = 30;
    public const int DefaultMaximumMegabytes = 500;

    /// <summary>The default value is true. Where it is false none is taken, and those that were are deleted.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>After so many days a picture is deleted, 1 to 3,650. The default value is 30.</summary>
    public int Days { get; init; } = DefaultDays;

    /// <summary>How much of the card they take at most, in MB (1,000,000 bytes), 1 to 100,000; the oldest give way. The default value is 500.</summary>
    public int MaximumMegabytes { get; init; } = DefaultMaximumMegabytes;
}
