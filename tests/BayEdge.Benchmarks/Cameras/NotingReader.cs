using System.Collections.Immutable;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>Notes what a reader reads, with how large and how sharp it was.</summary>
internal sealed class NotingReader(IPlateReader reader) : IPlateReader
{
    private const int Height = 48;

    /// <summary>What was read of the last picture; null when it was not worth reading.</summary>
    public ImmutableArray<SeenReading>? Last { get; set; }

    public IReadOnlyList<PlateReading> Read(Mat picture, PlateSearch search, CancellationToken cancellationToken)
    {
        var readings = reader.Read(picture, search, cancellationToken);
        Last = [.. readings.Select(reading => new SeenReading(
            reading.Text, reading.Confidence, [.. reading.Doubts.Select(doubt => new SeenDoubt(doubt.Character, doubt.Probability))],
            PlateGeometry.Width(reading.Quad), SharpnessOf(picture, reading.Quad)))];
        return readings;
    }

    public void Dispose() => reader.Dispose();

    private static double SharpnessOf(Mat picture, ImmutableArray<Point2f> quad)
    {
        var width = Math.Clamp((int)(Height * PlateGeometry.Aspect(quad)), Height / 2, 10 * Height);
        using var straight = PlateGeometry.Rectified(picture, quad, new Size(width, Height));
        using var grey = straight.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var edges = grey.Laplacian(MatType.CV_64F);
        return VarianceOf(edges) / Math.Max(1, VarianceOf(grey));
    }

    private static double VarianceOf(Mat values)
    {
        Cv2.MeanStdDev(values, out _, out var deviation);
        return deviation.Val0 * deviation.Val0;
    }
}
