using System.Collections.Immutable;
using BayEdge.Core.Configuration;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>What <see cref="PlateBatch"/> reads and how it tells.</summary>
public sealed record PlateBatchOptions
{
    /// <summary>Pictures, videos and folders of them.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>The default value is <see cref="PlateRegion.Cn"/>.</summary>
    public PlateRegion Region { get; init; } = PlateRegion.Cn;

    /// <summary>Each picture shows one plate and nothing else. The default value is false.</summary>
    public bool Crops { get; init; }

    /// <summary>One line of JSON a picture or video; what is said about a folder goes to the error writer. The default value is false.</summary>
    public bool Json { get; init; }

    /// <summary>Where an HTML report with every miss is written. The default is null: none is.</summary>
    public string? Report { get; init; }

    public PlateReaderOptions Reader { get; init; } = new();
}
