using System.Collections.Immutable;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Where the plates of a zone stood when it was last read: a standing one is looked for there first, which costs a tenth.</summary>
internal sealed class KnownPlace
{
    // Around the plate, as shares of its width and height: enough for what a camera shakes and a car sinks. Assumed.
    private const double RoomAside = 0.75;
    private const double RoomAbove = 1.5;

    /// <summary>So often in a row only this place is read; then all of the zone, in which another vehicle may stand. Assumed.</summary>
    private const int MostInARow = 10;

    private ImmutableArray<ImmutableArray<Point2f>> _plates = [];
    private int _inARow;

    /// <summary>Takes what a reading of the zone found.</summary>
    public void Read(ImmutableArray<ImmutableArray<Point2f>> plates) => _plates = plates;

    /// <summary>What to read instead of the zone; null where that must be read whole.</summary>
    public Rect? Around(Size picture)
    {
        if (_plates.IsEmpty || _inARow++ == MostInARow)
        {
            _inARow = 0;
            return null;
        }

        var area = _plates.Select(plate => PlateGeometry.Around(plate, RoomAside, RoomAbove)).Aggregate((one, other) => one.Union(other)).Intersect(new Rect(default, picture));
        return area is { Width: > 0, Height: > 0 } ? area : null;
    }
}
