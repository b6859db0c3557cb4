using System.Collections.Immutable;
using System.Text.Json;

namespace BayEdge.Core.Configuration;

/// <summary>Reads the outline of a zone in a picture.</summary>
internal static class PolygonReader
{
    // A thousandth of the picture on a side: nothing smaller can show a vehicle.
    private const double LeastArea = 1e-6;

    public static ImmutableArray<PicturePoint> Read(ConfigurationNode node, string key)
    {
        var items = node.Items(key, "corners").ToList();
        var corners = items.Select(item => ReadCorner(node, item.Value, item.Path)).OfType<PicturePoint>().ToImmutableArray();
        if (items.Count < 3 && !node.HasOtherThanList(key))
            node.Report(key, "expected at least three corners [x,y], each from 0 to 1 of the picture, such as [[0.1,0.2],[0.9,0.2],[0.9,0.9],[0.1,0.9]]");
        else if (items.Count >= 3 && corners.Length == items.Count && AreaOf(corners) < LeastArea)
            node.Report(key, "expected corners that enclose a part of the picture, but they lie on one line; go round the bay corner by corner");
        return corners;
    }

    /// <summary>Whether every corner turns right, on the way round.</summary>
    public static bool IsClockwiseAndConvex(ImmutableArray<PicturePoint> corners) => Enumerable.Range(0, corners.Length).All(i =>
    {
        var (a, b, c) = (corners[i], corners[(i + 1) % corners.Length], corners[(i + 2) % corners.Length]);
        return ((b.X - a.X) * (c.Y - b.Y)) - ((b.Y - a.Y) * (c.X - b.X)) > 0;
    });

    private static PicturePoint? ReadCorner(ConfigurationNode node, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
            && IsShare(value[0], out var x) && IsShare(value[1], out var y))
        {
            return new PicturePoint(x, y);
        }

        node.ReportAt(path, $"expected a corner [x,y], each from 0 to 1 of the picture, but found {ConfigurationNode.Show(value)}");
        return null;

        static bool IsShare(JsonElement number, out double share)
        {
            share = 0;
            return number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out share) && share is >= 0 and <= 1;
        }
    }

    // The shoelace formula, as a share of the picture.
    private static double AreaOf(ImmutableArray<PicturePoint> corners)
    {
        var twice = 0.0;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            twice += (a.X * b.Y) - (b.X * a.Y);
        }

        return Math.Abs(twice) / 2;
    }
}
