using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Locating;

/// <summary>Finds lines of text that may be the two rows of one plate.</summary>
internal static class RowPairs
{
    // All assumed, in shares of the two rows' mean height or of the lower row's width: from a lorry's plate to a motorcycle's.
    private const float NearestRows = 0.6f;
    private const float FarthestRows = 1.7f;
    private const float MostAside = 0.3f;
    private const float NarrowestUpper = 0.25f;
    private const float WidestUpper = 1.2f;
    private const float LowestUpper = 0.35f;
    private const float HighestUpper = 1.5f;

    // Each pair costs two readings.
    private const int MostPairs = 3;

    /// <returns>The largest first.</returns>
    public static IEnumerable<RowPair> Of(IReadOnlyList<TextLine> lines) => (
        from lower in lines
        from upper in lines
        where !ReferenceEquals(upper, lower) && MayBelongTogether(upper.Quad, lower.Quad)
        orderby PlateGeometry.Height(lower.Quad) descending
        select new RowPair(upper.Quad, lower.Quad, Around(upper.Quad, lower.Quad))).Take(MostPairs);

    private static bool MayBelongTogether(ImmutableArray<Point2f> upper, ImmutableArray<Point2f> lower)
    {
        var (above, below) = (PlateGeometry.Centre(upper), PlateGeometry.Centre(lower));
        var height = (PlateGeometry.Height(upper) + PlateGeometry.Height(lower)) / 2;
        var width = PlateGeometry.Width(lower);
        return (below.Y - above.Y) / height is >= NearestRows and <= FarthestRows
            && Math.Abs(below.X - above.X) <= MostAside * width
            && PlateGeometry.Width(upper) / width is >= NarrowestUpper and <= WidestUpper
            && PlateGeometry.Height(upper) / PlateGeometry.Height(lower) is >= LowestUpper and <= HighestUpper;
    }

    private static ImmutableArray<Point2f> Around(ImmutableArray<Point2f> upper, ImmutableArray<Point2f> lower) =>
        PlateGeometry.Ordered(Cv2.MinAreaRect(upper.Concat(lower)).Points());
}

internal sealed record RowPair(ImmutableArray<Point2f> Upper, ImmutableArray<Point2f> Lower, ImmutableArray<Point2f> Quad);
