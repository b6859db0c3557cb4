using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>Shows what was missed: the plate as its label marks it, or the nearest reading, or the whole picture.</summary>
internal static class MissPicture
{
    private const int Width = 360;
    private const int Quality = 85;

    /// <summary>What is shown around the plate, as a share of its width.</summary>
    private const double Room = 0.3;

    /// <returns>A JPEG picture; null when the file cannot be read any more.</returns>
    public static byte[]? Of(PlateMiss miss)
    {
        using var picture = Pictures.OrNull(Cv2.ImRead(miss.File, ImreadModes.Color));
        if (picture is null)
            return null;
        using var shown = new Mat(picture, AreaOf(miss.Place ?? (miss.Read is [var first, ..] ? first.Quad : null), picture.Size()));
        if (shown.Width >= Width)
            return Pictures.ToJpeg(shown, Width, Quality);
        using var larger = shown.Resize(new Size(Width, Math.Max(1, shown.Height * Width / shown.Width)), interpolation: InterpolationFlags.Cubic);
        return Pictures.ToJpeg(larger, Width, Quality);
    }

    private static Rect AreaOf(ImmutableArray<Point2f>? quad, Size picture)
    {
        if (quad is not { } corners)
            return new Rect(default, picture);
        var bounds = Cv2.BoundingRect(corners);
        var room = (int)(Room * bounds.Width);
        bounds.Inflate(room, room);
        return PlateGeometry.WithinOrAll(bounds, picture);
    }
}
