using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Configuration;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>All that was read while a car was in view, so that another vote can be held on it without reading anew.</summary>
/// <param name="Seen">In the order of the pictures.</param>
/// <param name="Told">The plates of which the zone was sure.</param>
internal sealed record WatchedVisit(
    int Number, PictureFault Fault, PlateRegion Region, string Kind, string Plate, ImmutableArray<SeenPicture> Seen, ImmutableArray<ToldPlate> Told)
{
    public static IEnumerable<WatchedVisit> Load(string path) => File.ReadLines(path).Select(line => JsonSerializer.Deserialize<WatchedVisit>(line)!);

    public void Append(string path) => File.AppendAllText(path, JsonSerializer.Serialize(this) + "\n");
}

/// <param name="Second">Since the first picture.</param>
internal sealed record SeenPicture(double Second, ImmutableArray<SeenReading> Readings);

/// <param name="Sharpness">The variance of the Laplacian on the straightened number, as a share of its own variance.</param>
internal sealed record SeenReading(string Text, double Confidence, ImmutableArray<SeenDoubt> Doubts, double WidthPx, double Sharpness);

internal sealed record SeenDoubt(char Character, double Probability);

internal sealed record ToldPlate(double Second, string Text, double Confidence);
