using System.Collections.Immutable;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates;

public class PlateGeometryTests
{
    private static readonly ImmutableArray<Point2f> Leaning = [new(20, 30), new(120, 40), new(118, 80), new(18, 70)];

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(2, 3, 0, 1)]
    [InlineData(3, 1, 0, 2)]
    [InlineData(1, 2, 3, 0)]
    public void Corners_in_any_order_come_out_from_the_top_left_clockwise(int a, int b, int c, int d)
    {
        Assert.Equal(Leaning, PlateGeometry.Ordered([Leaning[a], Leaning[b], Leaning[c], Leaning[d]]));
    }

    [Fact]
    public void A_leaning_plate_is_straightened_to_its_true_aspect()
    {
        using var picture = new Mat(120, 160, MatType.CV_8UC3, Scalar.Black);
        Cv2.FillConvexPoly(picture, Leaning.Select(corner => corner.ToPoint()), Scalar.Blue);
        Cv2.Circle(picture, Leaning[0].ToPoint() + new Point(10, 8), 5, Scalar.White, -1);

        using var straight = PlateGeometry.Rectified(picture, Leaning, new Size(440, 140));

        Assert.Equal(new Size(440, 140), straight.Size());
        Assert.Equal(Scalar.Blue.ToVec3b(), straight.At<Vec3b>(120, 420));
        Assert.Equal(Scalar.White.ToVec3b(), straight.At<Vec3b>(24, 44));
    }

    [Fact]
    public void Overlap_is_the_share_of_the_smaller_one()
    {
        ImmutableArray<Point2f> large = [new(0, 0), new(40, 0), new(40, 20), new(0, 20)];
        ImmutableArray<Point2f> half = [new(30, 5), new(50, 5), new(50, 15), new(30, 15)];

        Assert.Equal(0.5, PlateGeometry.Overlap(large, half), 3);
    }
}
