using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Where in a picture the middle of a plate must lie, and whether a plate is sure in each of these places.</summary>
/// <param name="polygons">Corners in pixels; none for anywhere.</param>
internal sealed class SearchPlaces(ImmutableArray<ImmutableArray<Point2f>> polygons)
{
    public bool AreKnown => !polygons.IsEmpty;

    public bool Hold(ImmutableArray<Point2f> quad) => polygons.IsEmpty || polygons.Any(polygon => Holds(polygon, quad));

    /// <summary>Whether nothing is left to look for: a sure plate anywhere will do where any place will.</summary>
    public bool AreSure(IReadOnlyList<PlateReading> readings)
    {
        var sure = readings.Where(reading => reading.IsSure).ToList();
        return polygons.IsEmpty ? sure.Count > 0 : polygons.All(polygon => sure.Exists(reading => Holds(polygon, reading.Quad)));
    }

    private static bool Holds(ImmutableArray<Point2f> polygon, ImmutableArray<Point2f> quad) =>
        Cv2.PointPolygonTest(polygon, PlateGeometry.Centre(quad), measureDist: false) >= 0;
}
