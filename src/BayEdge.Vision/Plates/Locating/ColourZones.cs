using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Locating;

/// <summary>Finds patches of a plate's ground colour that have about a plate's shape, as places for a closer look.</summary>
internal static class ColourZones
{
    // Patches are sought in a copy of this longer side; widths and heights are pixels of it.
    private const int LongSide = 640;
    private const int LeastWidth = 24;
    private const int LeastHeight = 8;

    // Assumed: a plate wider than this share of the picture is found as text anyway.
    private const double LargestShare = 0.6;

    // How much of its tightest rectangle a patch fills at least: characters and a leaning plate leave holes. Assumed.
    private const double LeastFill = 0.45;

    // Width to height: the plates' own are 3.1 to 3.4, with room for a plate seen from the side and for one joined to a frame. Assumed.
    private const float LeastAspect = 1.6f;
    private const float MostAspect = 8;

    // Measured on the scenes of China: more patches find no further plate, and each costs a look.
    private const int MostZones = 4;

    /// <summary>How much of a plate its ground covers at least; characters take a third. Assumed.</summary>
    private const double LeastGround = 0.45;

    private static readonly Size Sample = new(44, 14);

    /// <summary>How far the closer look reaches beyond the patch, as a share of its height: a green plate is nearly white at its top.</summary>
    private const double Margin = 0.5;

    /// <returns>The fullest first.</returns>
    public static IReadOnlyList<ColourPatch> Locate(Mat picture, ImmutableArray<PlateGround> grounds)
    {
        if (grounds.IsEmpty)
            return [];
        var scale = Math.Min(1, (double)LongSide / Math.Max(picture.Width, picture.Height));
        using var small = new Mat();
        Cv2.Resize(picture, small, default, scale, scale, InterpolationFlags.Area);
        using var colours = small.CvtColor(ColorConversionCodes.BGR2HSV);
        // Closes the gaps that strokes of characters leave.
        using var bridge = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(9, 3));

        var patches = new List<(Rect Bounds, RotatedRect Box, double Fill)>();
        foreach (var ground in grounds)
        {
            using var mask = MaskOf(ground, colours);
            Cv2.MorphologyEx(mask, mask, MorphTypes.Close, bridge);
            Cv2.FindContours(mask, out var contours, out _, RetrievalModes.External, ContourApproximationModes.ApproxSimple);
            patches.AddRange(contours.Select(PatchOf).OfType<(Rect Bounds, RotatedRect Box, double Fill)>().Where(patch => patch.Bounds.Width < LargestShare * small.Width));
        }

        var whole = new Rect(0, 0, picture.Width, picture.Height);
        return [.. patches
            .OrderByDescending(patch => patch.Fill * patch.Bounds.Height)
            .Take(MostZones)
            .Select(patch => new ColourPatch(
                Around(patch.Bounds, 1 / scale).Intersect(whole),
                PlateGeometry.Ordered([.. patch.Box.Points().Select(corner => new Point2f((float)(corner.X / scale), (float)(corner.Y / scale)))])))];
    }

    /// <summary>The ground of a plate whose corners are known; null when it is none of these or cannot be told.</summary>
    /// <remarks>Blue alone is told: green and yellow run into white, into each other, and into lamp light.</remarks>
    public static PlateGround? GroundOf(Mat picture, ImmutableArray<Point2f> quad, ImmutableArray<PlateGround> grounds)
    {
        if (!grounds.Contains(PlateGround.Blue))
            return null;
        using var plate = PlateGeometry.Rectified(picture, quad, Sample);
        using var colours = plate.CvtColor(ColorConversionCodes.BGR2HSV);
        using var blue = MaskOf(PlateGround.Blue, colours);
        return blue.CountNonZero() >= LeastGround * Sample.Width * Sample.Height ? PlateGround.Blue : null;
    }

    private static Mat MaskOf(PlateGround ground, Mat colours)
    {
        if (ground == PlateGround.GreenAndYellow)
        {
            using var yellow = MaskOf(PlateGround.Yellow, colours);
            var both = MaskOf(PlateGround.Green, colours);
            Cv2.BitwiseOr(both, yellow, both);
            return both;
        }

        var (low, high) = RangeOf(ground);
        var mask = new Mat();
        Cv2.InRange(colours, low, high, mask);
        return mask;
    }

    /// <summary>Hue 0 to 180, saturation and value 0 to 255, as OpenCV has them.</summary>
    /// <remarks>Assumed: the hues of paint in daylight and lamp light, wide enough for a camera's white balance.</remarks>
    private static (Scalar Low, Scalar High) RangeOf(PlateGround ground) => ground switch
    {
        PlateGround.Blue => (new Scalar(98, 70, 40), new Scalar(130, 255, 255)),
        PlateGround.Green => (new Scalar(38, 40, 60), new Scalar(92, 255, 255)),
        PlateGround.Yellow => (new Scalar(12, 80, 60), new Scalar(36, 255, 255)),
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "A plate's ground is blue, green or yellow."),
    };

    private static (Rect Bounds, RotatedRect Box, double Fill)? PatchOf(Point[] contour)
    {
        var bounds = Cv2.BoundingRect(contour);
        if (bounds.Width < LeastWidth || bounds.Height < LeastHeight)
            return null;
        var box = Cv2.MinAreaRect(contour);
        var (width, height) = (box.Size.Width, box.Size.Height);
        var aspect = Math.Max(width, height) / Math.Max(1, Math.Min(width, height));
        var fill = Cv2.ContourArea(contour) / Math.Max(1, width * height);
        return aspect is < LeastAspect or > MostAspect || fill < LeastFill ? null : (bounds, box, fill);
    }

    private static Rect Around(Rect bounds, double scale)
    {
        var margin = Margin * bounds.Height;
        return new Rect(
            (int)((bounds.X - margin) * scale),
            (int)((bounds.Y - margin) * scale),
            (int)((bounds.Width + (2 * margin)) * scale),
            (int)((bounds.Height + (2 * margin)) * scale));
    }
}

/// <summary>A patch of a plate's ground colour.</summary>
/// <param name="Zone">The rectangle for a closer look, with its surroundings.</param>
/// <param name="Quad">The corners of the patch itself: of the plate, if it is one.</param>
internal sealed record ColourPatch(Rect Zone, ImmutableArray<Point2f> Quad);
