using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Networks;

namespace BayEdge.Vision.Plates;

/// <summary>How plates are located and read.</summary>
public sealed record PlateReaderOptions
{
    /// <summary>How <see cref="TemplatesFile"/> is called beside a configuration.</summary>
    public const string TemplatesFileName = "plates.json";

    /// <summary>Where the networks stand. The default is <c>weights</c> beside the program.</summary>
    public string WeightsFolder { get; init; } = WeightFiles.DefaultFolder;

    /// <summary>Networks of the user's own. The default is none.</summary>
    public VisionConfiguration Networks { get; init; } = new();

    /// <summary>A file with plates beside those of the program, which need not exist. The default is null: none.</summary>
    public string? TemplatesFile { get; init; }

    /// <summary>Threads that one network run may use. The default value is 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Readings below this are not reported. The default value is 0.4.</summary>
    public double LeastConfidence { get; init; } = 0.4;
}
