using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Four corners in the order top left, top right, bottom right, bottom left.</summary>
internal static class PlateGeometry
{
    public static ImmutableArray<Point2f> Whole(Mat picture) =>
        [new(0, 0), new(picture.Width, 0), new(picture.Width, picture.Height), new(0, picture.Height)];

    /// <summary>Puts the corners of a convex quadrangle into order, taking its longer sides as top and bottom.</summary>
    public static ImmutableArray<Point2f> Ordered(IReadOnlyList<Point2f> corners)
    {
        var centre = Centre(corners);
        var around = corners.OrderBy(corner => Math.Atan2(corner.Y - centre.Y, corner.X - centre.X)).ToArray();
        // Clockwise from the left; the pair of opposite longer sides is top and bottom.
        var first = around[0].DistanceTo(around[1]) + around[2].DistanceTo(around[3])
            >= around[1].DistanceTo(around[2]) + around[3].DistanceTo(around[0]) ? 0 : 1;
        var ordered = Enumerable.Range(0, 4).Select(i => around[(first + i) % 4]).ToArray();
        if (ordered[0].X > ordered[1].X)
            ordered = [ordered[2], ordered[3], ordered[0], ordered[1]];
        return [.. ordered];
    }

    public static float Width(ImmutableArray<Point2f> quad) =>
        (float)(quad[0].DistanceTo(quad[1]) + quad[3].DistanceTo(quad[2])) / 2;

    public static float Height(ImmutableArray<Point2f> quad) =>
        (float)(quad[0].DistanceTo(quad[3]) + quad[1].DistanceTo(quad[2])) / 2;

    public static double Aspect(ImmutableArray<Point2f> quad) => Width(quad) / Math.Max(1, Height(quad));

    /// <summary>The upright rectangle around a quadrangle, with room on every side: shares of its width and of its height.</summary>
    public static Rect Around(ImmutableArray<Point2f> quad, double roomAside, double roomAbove)
    {
        var bounds = Cv2.BoundingRect(quad);
        bounds.Inflate((int)(roomAside * bounds.Width), (int)(roomAbove * bounds.Height));
        return bounds;
    }

    /// <summary>What of an area lies in a picture; all of the picture where nothing does.</summary>
    public static Rect WithinOrAll(Rect area, Size picture)
    {
        var whole = new Rect(default, picture);
        return area.Intersect(whole) is { Width: > 0, Height: > 0 } inside ? inside : whole;
    }

    /// <summary>The part of a quadrangle between two shares of its height.</summary>
    public static ImmutableArray<Point2f> Slice(ImmutableArray<Point2f> quad, double from, double to)
    {
        return [Along(quad[0], quad[3], from), Along(quad[1], quad[2], from), Along(quad[1], quad[2], to), Along(quad[0], quad[3], to)];

        static Point2f Along(Point2f top, Point2f bottom, double share) =>
            new((float)(top.X + ((bottom.X - top.X) * share)), (float)(top.Y + ((bottom.Y - top.Y) * share)));
    }

    /// <summary>Cuts a quadrangle out and straightens it to a rectangle of a size in pixels.</summary>
    public static Mat Rectified(Mat picture, ImmutableArray<Point2f> quad, Size size)
    {
        Point2f[] target = [new(0, 0), new(size.Width, 0), new(size.Width, size.Height), new(0, size.Height)];
        using var transform = Cv2.GetPerspectiveTransform(quad, target);
        var straight = new Mat();
        Cv2.WarpPerspective(picture, straight, transform, size, InterpolationFlags.Cubic, BorderTypes.Replicate);
        return straight;
    }

    /// <summary>The share of the smaller one's area that two quadrangles have in common.</summary>
    public static double Overlap(ImmutableArray<Point2f> one, ImmutableArray<Point2f> other)
    {
        var common = Cv2.IntersectConvexConvex(one, other, out _);
        var smaller = Math.Min(Cv2.ContourArea(one), Cv2.ContourArea(other));
        return smaller <= 0 ? 0 : common / smaller;
    }

    public static ImmutableArray<Point2f> Moved(ImmutableArray<Point2f> quad, Point offset) =>
        [.. quad.Select(corner => new Point2f(corner.X + offset.X, corner.Y + offset.Y))];

    public static Point2f Centre(IReadOnlyList<Point2f> corners) =>
        new(corners.Average(corner => corner.X), corners.Average(corner => corner.Y));
}
