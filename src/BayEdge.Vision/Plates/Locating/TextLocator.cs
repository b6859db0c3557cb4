using System.Collections.Immutable;
using BayEdge.Vision.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Locating;

/// <summary>Finds lines of text with PP-OCR's detector (DB, differentiable binarisation; arXiv 1911.08947).</summary>
internal sealed class TextLocator(OnnxNetwork network) : ILocator
{
    // The network halves its input five times.
    private const int Stride = 32;

    // PaddleOCR's own: det_db_thresh and det_db_unclip_ratio.
    private const double TextThreshold = 0.3;
    private const float Unclip = 1.5f;

    // PaddleOCR's det_db_box_thresh is 0.6. Lower, because the templates refuse what is no plate. Assumed.
    private const double LeastBoxScore = 0.45;

    // A bound on a wall of writing; PlateReader reads far fewer.
    private const int MostBoxes = 60;

    // In pixels of the scaled picture, before the box is grown.
    private const float LeastHeight = 3;

    // Of ImageNet, as in the network's training.
    private static readonly float[] Means = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviations = [0.229f, 0.224f, 0.225f];

    private float[] _input = [];

    public bool FindsPlates => false;

    public static TextLocator Open(WeightFiles files, int threads) => new(OnnxNetwork.Open(files.TextLocator, threads));

    /// <param name="longSide">The picture is scaled to this, in pixels.</param>
    /// <returns>The lines' corners in the picture.</returns>
    public IReadOnlyList<TextLine> Locate(Mat picture, int longSide)
    {
        var scale = (double)longSide / Math.Max(picture.Width, picture.Height);
        var size = new Size(ToStride(picture.Width * scale), ToStride(picture.Height * scale));
        using var scaled = new Mat();
        Cv2.Resize(picture, scaled, size, 0, 0, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        var (values, _) = network.Run(Input(scaled), [1, 3, size.Height, size.Width]);

        using var map = Mat.FromPixelData(size.Height, size.Width, MatType.CV_32FC1, values);
        using var mask = new Mat();
        Cv2.Compare(map, new Scalar(TextThreshold), mask, CmpTypes.GT);
        Cv2.FindContours(mask, out var contours, out _, RetrievalModes.List, ContourApproximationModes.ApproxSimple);
        var toPicture = new Point2f((float)picture.Width / size.Width, (float)picture.Height / size.Height);
        return [.. contours
            .Where(contour => contour.Length >= 4)
            .Select(contour => LineOf(contour, map, toPicture))
            .OfType<TextLine>()
            .OrderByDescending(line => line.Score)
            .Take(MostBoxes)];
    }

    public void Dispose() => network.Dispose();

    private static int ToStride(double length) => Math.Max(Stride, (int)Math.Round(length / Stride) * Stride);

    private static TextLine? LineOf(Point[] contour, Mat map, Point2f toPicture)
    {
        var box = Cv2.MinAreaRect(contour);
        var (width, height) = (box.Size.Width, box.Size.Height);
        if (Math.Min(width, height) < LeastHeight)
            return null;
        var score = MeanInside(contour, map);
        if (score < LeastBoxScore)
            return null;

        // The network marks the middle of the line; its training shrank the lines by this distance.
        var grow = 2 * Unclip * width * height / (2 * (width + height));
        var grown = new RotatedRect(box.Center, new Size2f(width + grow, height + grow), box.Angle);
        var corners = grown.Points().Select(corner => new Point2f(corner.X * toPicture.X, corner.Y * toPicture.Y)).ToArray();
        return new TextLine(PlateGeometry.Ordered(corners), score);
    }

    private static double MeanInside(Point[] contour, Mat map)
    {
        var bounds = Cv2.BoundingRect(contour);
        using var mask = new Mat(bounds.Size, MatType.CV_8UC1, Scalar.Black);
        Cv2.FillPoly(mask, [contour.Select(point => point - bounds.TopLeft)], Scalar.White);
        using var region = new Mat(map, bounds);
        return Cv2.Mean(region, mask).Val0;
    }

    private unsafe Memory<float> Input(Mat picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        // Looks are of many sizes in turn; what the largest took serves all.
        if (_input.Length < 3 * height * width)
            _input = new float[3 * height * width];
        var values = _input;
        for (var y = 0; y < height; y++)
        {
            var row = (byte*)picture.Ptr(y);
            for (var channel = 0; channel < 3; channel++)
            {
                var scale = 1 / (255 * Deviations[channel]);
                var offset = Means[channel] / Deviations[channel];
                var plane = values.AsSpan(((channel * height) + y) * width, width);
                for (var x = 0; x < width; x++)
                    plane[x] = (row[(3 * x) + channel] * scale) - offset;
            }
        }

        return values.AsMemory(0, 3 * height * width);
    }
}

/// <param name="Score">The network's mean certainty inside the line, 0 to 1.</param>
internal sealed record TextLine(ImmutableArray<Point2f> Quad, double Score)
{
    public TextLine MovedBy(Point offset) => this with { Quad = PlateGeometry.Moved(Quad, offset) };
}
