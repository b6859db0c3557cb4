using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>A part of a picture as plates are sought in it: as it is, or straightened where the camera looks at them from aside or from above.</summary>
/// <remarks>
/// A camera that never moves sees every plate of a bay under the same slant, so one rectangle of the place straightens them all. A projective
/// transformation takes it to a rectangle of its mean width and height about its own middle, so that sizes there stay what they were.
/// </remarks>
internal sealed class PictureView : IDisposable
{
    // What lies far from the rectangle may be stretched without end; beyond this many widths of the area nothing is sought.
    private const double MostRoom = 0.5;

    private readonly Point _offset;
    private readonly Mat? _there;
    private readonly Mat? _back;

    private PictureView(Mat part, Point offset, Mat? there = null, Mat? back = null) => (Part, _offset, _there, _back) = (part, offset, there, back);

    public Mat Part { get; }

    /// <param name="upright">Corners of something upright and rectangular, in pixels of the picture: top left and clockwise; none to take the picture as it is.</param>
    public static PictureView Of(Mat picture, Rect area, ImmutableArray<Point2f> upright)
    {
        if (upright.IsEmpty)
            return new PictureView(new Mat(picture, area), area.TopLeft);

        using var straightening = Straightening(upright);
        var bounds = BoundsOf(area, straightening);
        using var move = Mat.FromPixelData(3, 3, MatType.CV_64FC1, new double[] { 1, 0, -bounds.X, 0, 1, -bounds.Y, 0, 0, 1 });
        Mat there = move * straightening;
        var part = new Mat();
        Cv2.WarpPerspective(picture, part, there, bounds.Size, InterpolationFlags.Linear, BorderTypes.Constant);
        return new PictureView(part, bounds.TopLeft, there, there.Inv());
    }

    /// <summary>Takes corners from the picture into the part.</summary>
    public ImmutableArray<Point2f> ToPart(ImmutableArray<Point2f> corners) =>
        _there is null ? PlateGeometry.Moved(corners, new Point(-_offset.X, -_offset.Y)) : [.. Cv2.PerspectiveTransform(corners, _there)];

    /// <summary>Takes corners from the part into the picture.</summary>
    public ImmutableArray<Point2f> ToPicture(ImmutableArray<Point2f> corners) =>
        _back is null ? PlateGeometry.Moved(corners, _offset) : [.. Cv2.PerspectiveTransform(corners, _back)];

    public void Dispose()
    {
        Part.Dispose();
        _there?.Dispose();
        _back?.Dispose();
    }

    private static Mat Straightening(ImmutableArray<Point2f> upright)
    {
        var (centre, width, height) = (PlateGeometry.Centre(upright), PlateGeometry.Width(upright), PlateGeometry.Height(upright));
        var (left, top) = (centre.X - (width / 2), centre.Y - (height / 2));
        return Cv2.GetPerspectiveTransform(upright, [new(left, top), new(left + width, top), new(left + width, top + height), new(left, top + height)]);
    }

    private static Rect BoundsOf(Rect area, Mat straightening)
    {
        Point2f[] corners = [area.TopLeft, new(area.Right, area.Top), new(area.Right, area.Bottom), new(area.Left, area.Bottom)];
        var room = area;
        room.Inflate((int)(MostRoom * area.Width), (int)(MostRoom * area.Height));
        return Cv2.BoundingRect(Cv2.PerspectiveTransform(corners, straightening)).Intersect(room) is { Width: > 0, Height: > 0 } bounds ? bounds : area;
    }
}
