using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>What was read in one picture or video.</summary>
/// <param name="Plates">Best first.</param>
/// <param name="Located">Where plates were looked for, whatever was read there.</param>
/// <param name="StageMilliseconds">Indexed by <see cref="Measuring.Stage"/>.</param>
internal sealed record PictureResult(string File, IReadOnlyList<PlateReading> Plates, ImmutableArray<ImmutableArray<Point2f>> Located, ImmutableArray<double> StageMilliseconds)
{
    public double Milliseconds => StageMilliseconds.Sum();

    public string ToJson() => JsonSerializer.Serialize(
        new PictureLine(File, [.. Plates.Select(PlateEntry.Of)], Math.Round(Milliseconds, 1)),
        PictureLineJson.Unescaped.PictureLine);

    public string ToText()
    {
        var plates = Plates.Count == 0
            ? "no plate"
            : string.Join(", ", Plates.Select(plate => string.Create(CultureInfo.InvariantCulture, $"{plate.Text} ({100 * plate.Confidence:F0} %, {plate.Kind})")));
        return string.Create(CultureInfo.InvariantCulture, $"{File}: {plates}, {Milliseconds:F0} ms");
    }
}

internal sealed record PictureLine(string File, ImmutableArray<PlateEntry> Plates, double Ms);

/// <param name="Quad">Four times x and y, in pixels.</param>
internal sealed record PlateEntry(string Text, double Confidence, string Kind, ImmutableArray<ImmutableArray<double>> Quad)
{
    public static PlateEntry Of(PlateReading plate) => new(
        plate.Text,
        Math.Round(plate.Confidence, 4),
        plate.Kind,
        [.. plate.Quad.Select(corner => ImmutableArray.Create(Math.Round(corner.X, 1), Math.Round(corner.Y, 1)))]);
}

[JsonSerializable(typeof(PictureLine))]
internal sealed partial class PictureLineJson : JsonSerializerContext
{
    /// <summary>Writes Chinese characters as they are.</summary>
    public static PictureLineJson Unescaped { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
