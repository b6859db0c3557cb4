using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>The zones of a camera and which of them holds a point.</summary>
internal sealed class PictureZones(ImmutableArray<ZoneConfiguration> zones)
{
    // Shares of the picture: half a plate that fills a quarter of its width, and half that plate's height. Assumed.
    private const double RoomAside = 0.125;
    private const double RoomAbove = 0.08;

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

    /// <summary>The rectangle around a zone, in pixels; at least one of them.</summary>
    public static Rect BoundsOf(ZoneConfiguration zone, Size picture)
    {
        var left = Math.Clamp((int)(zone.Polygon.Min(corner => corner.X) * picture.Width), 0, picture.Width - 1);
        var top = Math.Clamp((int)(zone.Polygon.Min(corner => corner.Y) * picture.Height), 0, picture.Height - 1);
        var right = Math.Clamp((int)(zone.Polygon.Max(corner => corner.X) * picture.Width), left + 1, picture.Width);
        var bottom = Math.Clamp((int)(zone.Polygon.Max(corner => corner.Y) * picture.Height), top + 1, picture.Height);
        return Rect.FromLTRB(left, top, right, bottom);
    }

    /// <summary>The rectangle around some zones, in pixels, with room for a plate whose middle lies just inside.</summary>
    public Rect AreaOf(IEnumerable<int> some, Size picture)
    {
        var corners = some.SelectMany(zone => zones[zone].Polygon).ToArray();
        var left = (int)((corners.Min(corner => corner.X) - RoomAside) * picture.Width);
        var right = (int)((corners.Max(corner => corner.X) + RoomAside) * picture.Width);
        var top = (int)((corners.Min(corner => corner.Y) - RoomAbove) * picture.Height);
        var bottom = (int)((corners.Max(corner => corner.Y) + RoomAbove) * picture.Height);
        return Rect.FromLTRB(left, top, right, bottom).Intersect(new Rect(default, picture));
    }

    /// <summary>The corners of a zone, in pixels.</summary>
    public ImmutableArray<Point2f> OutlineOf(int zone, Size picture) => InPixels(zones[zone].Polygon, picture);

    public static ImmutableArray<Point2f> InPixels(ImmutableArray<PicturePoint> corners, Size picture) =>
        [.. corners.Select(corner => new Point2f((float)(corner.X * picture.Width), (float)(corner.Y * picture.Height)))];

    /// <summary>The zone as a mask of the given size: 255 inside, 0 outside.</summary>
    public Mat MaskOf(int zone, Size size)
    {
        var mask = new Mat(size, MatType.CV_8UC1, Scalar.All(0));
        var corners = zones[zone].Polygon.Select(corner => new Point(corner.X * size.Width, corner.Y * size.Height));
        Cv2.FillPoly(mask, [corners], Scalar.All(255));
        return mask;
    }

    /// <summary>Even-odd rule: a ray to the right crosses the outline an odd number of times.</summary>
    public static bool Holds(ImmutableArray<PicturePoint> polygon, PicturePoint point)
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
