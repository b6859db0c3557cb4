using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Vision.Occupancy;

/// <summary>The occupancy of one zone of a camera, with what was learned there kept beyond a restart.</summary>
internal sealed class ZoneOccupancy : IDisposable
{
    // Pictures that follow each other faster show nothing new.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(0.2);

    // What a power cut may take; a visit more or less of experience.
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMinutes(10);

    private readonly ZoneConfiguration _zone;
    private readonly string _name;
    private readonly ISourceMemory? _store;
    private readonly OccupancyWatch _watch;
    private TimeSpan? _lookedAt;
    private TimeSpan? _keptAt;

    /// <param name="interval">How far apart the pictures come.</param>
    /// <param name="store">Null when nothing is kept.</param>
    public ZoneOccupancy(string camera, ZoneConfiguration zone, TimeSpan interval, ISourceMemory? store)
    {
        (_zone, _store) = (zone, store);
        _name = $"{camera}.{zone.Bay}.occupancy.json";
        _watch = new OccupancyWatch(ZoneMemoryFile.Read(store?.Recall(_name), zone), CellsOf(zone), new OccupancyOptions().WithPicturesEvery(interval));
    }

    /// <inheritdoc cref="OccupancyWatch.Look"/>
    public double? Look(Mat picture, TimeSpan at, bool plateIsSure)
    {
        if (!plateIsSure && at - _lookedAt < ShortestStep)
            return null;
        _lookedAt = at;
        var said = _watch.Look(ZoneAppearance.Of(picture, PictureZones.BoundsOf(_zone, picture.Size())), at, plateIsSure);
        _keptAt ??= at;
        if (_watch.HasLearned && at - _keptAt >= KeepEvery)
        {
            _keptAt = at;
            Keep();
        }

        return said;
    }

    public void Dispose()
    {
        if (_watch.HasLearned)
            Keep();
    }

    private void Keep()
    {
        _store?.Keep(_name, ZoneMemoryFile.Write(_watch.Memory, _zone));
        _watch.Kept();
    }

    private static bool[] CellsOf(ZoneConfiguration zone)
    {
        var (left, right) = (zone.Polygon.Min(corner => corner.X), zone.Polygon.Max(corner => corner.X));
        var (top, bottom) = (zone.Polygon.Min(corner => corner.Y), zone.Polygon.Max(corner => corner.Y));
        return [.. Enumerable.Range(0, ZoneAppearance.Cells).Select(cell => PictureZones.Holds(zone.Polygon, new PicturePoint(
            left + ((right - left) * ((cell % ZoneAppearance.Columns) + 0.5) / ZoneAppearance.Columns),
            top + ((bottom - top) * ((cell / ZoneAppearance.Columns) + 0.5) / ZoneAppearance.Rows))))];
    }
}
