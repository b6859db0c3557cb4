using OpenCvSharp;
using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

internal static class Perspective
{
    /// <summary>The transform that lays a rectangle at the origin onto four corners.</summary>
    /// <param name="corners">Top left, top right, bottom right, bottom left.</param>
    public static SKMatrix FromRectangle(float width, float height, SKPoint[] corners)
    {
        Point2f[] from = [new(0, 0), new(width, 0), new(width, height), new(0, height)];
        using var homography = Cv2.GetPerspectiveTransform(from, corners.Select(corner => new Point2f(corner.X, corner.Y)));
        float At(int row, int column) => (float)homography.Get<double>(row, column);
        return new SKMatrix(At(0, 0), At(0, 1), At(0, 2), At(1, 0), At(1, 1), At(1, 2), At(2, 0), At(2, 1), At(2, 2));
    }
}
