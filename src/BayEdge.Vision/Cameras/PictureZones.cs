using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>The zones of a camera and which of them holds a point.</summary>
internal sealed class PictureZones(ImmutableArray<ZoneConfiguration> zones)
{
    public int Count => zones.Length;

    public string BayOf(int zone) => zones[zone].Bay;

    /// <summary>The first zone that holds the point; null when none does.</summary>
    public int? ZoneAt(PicturePoint point)
    {
        for (var i = 0; i < zones.Length; i++)
        {
            if (Holds(zones[i].Polygon, point))
                return i;
        }

        return null;
    }

    /// <summary>The zone as a mask of the given size: 255 inside, 0 outside.</summary>
    public Mat MaskOf(int zone, Size size)
    {
        var mask = new Mat(size, MatType.CV_8UC1, Scalar.All(0));
        var corners = zones[zone].Polygon.Select(corner => new Point(corner.X * size.Width, corner.Y * size.Height));
        Cv2.FillPoly(mask, [corners], Scalar.All(255));
        return mask;
    }

    // Even-odd rule: a ray to the right crosses the outline an odd number of times.
    private static bool Holds(ImmutableArray<PicturePoint> polygon, PicturePoint point)
    {
        var inside = false;
        for (int i = 0, j = polygon.Length - 1; i < polygon.Length; j = i++)
        {
            var (a, b) = (polygon[i], polygon[j]);
            if (a.Y > point.Y != b.Y > point.Y && point.X < ((b.X - a.X) * (point.Y - a.Y) / (b.Y - a.Y)) + a.X)
                inside = !inside;
        }

        return inside;
    }
}
