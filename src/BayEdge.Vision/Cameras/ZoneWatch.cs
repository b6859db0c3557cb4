using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Watches the zones of one camera: what moves, what is worth reading, and which plates are sure.</summary>
internal sealed class ZoneWatch : IDisposable
{
    private readonly CameraConfiguration _configuration;
    private readonly int _minimumPlateWidthPx;
    private readonly SharedPlateReader _reader;
    private readonly PictureZones _zones;
    private readonly MotionGate _motion;
    private readonly ReadingSchedule[] _schedules;
    private readonly PlateVote[] _votes;

    public ZoneWatch(CameraConfiguration configuration, int minimumPlateWidthPx, SharedPlateReader reader)
    {
        (_configuration, _minimumPlateWidthPx, _reader) = (configuration, minimumPlateWidthPx, reader);
        _zones = new PictureZones(configuration.Zones);
        _motion = new MotionGate(_zones);
        _schedules = [.. Enumerable.Range(0, _zones.Count).Select(_ => new ReadingSchedule(new ReadingScheduleOptions()))];
        _votes = [.. Enumerable.Range(0, _zones.Count).Select(_ => new PlateVote(new PlateVoteOptions()))];
    }

    /// <summary>Looks at a picture, reads it where that is worth it, and returns the plates that are sure, each with its bay.</summary>
    public async Task<IReadOnlyList<(string Bay, VotedPlate Plate)>> LookAsync(Frame frame, CancellationToken cancellationToken)
    {
        var due = ZonesDue(frame);
        if (due.Count == 0)
            return [];

        var search = new PlateSearch(_configuration.PlateRegion)
        {
            Area = _zones.AreaOf(due, frame.Picture.Size()),
            LeastWidthPx = _minimumPlateWidthPx,
        };
        var readings = await _reader.ReadAsync(frame.Picture, search, cancellationToken);
        var byZone = Distinct(readings).ToLookup(reading => ZoneOf(reading, frame.Picture));
        var sure = new List<(string, VotedPlate)>();
        foreach (var zone in due)
        {
            var ballots = byZone[zone].Select(reading => new Ballot(reading.Text, reading.Confidence));
            (_votes[zone], var plates) = _votes[zone].Count(ballots, frame.At.Monotonic);
            sure.AddRange(plates.Select(plate => (_zones.BayOf(zone), plate)));
        }

        return sure;
    }

    public void Dispose() => _motion.Dispose();

    private List<int> ZonesDue(Frame frame)
    {
        var now = frame.At.Monotonic;
        var moving = _motion.Look(frame.Picture);
        var due = new List<int>();
        for (var zone = 0; zone < _zones.Count; zone++)
        {
            if (_schedules[zone].TakeTurn(now, moving[zone], _votes[zone].StateAt(now)))
                due.Add(zone);
        }

        return due;
    }

    // Best first: a reading whose middle lies on a better one is the same plate read once more.
    private List<PlateReading> Distinct(IReadOnlyList<PlateReading> readings)
    {
        var kept = new List<PlateReading>();
        foreach (var reading in readings)
        {
            var usable = reading.Text.Length > 0 && PlateGeometry.Width(reading.Quad) >= _minimumPlateWidthPx;
            if (usable && !kept.Exists(better => Cv2.PointPolygonTest(better.Quad, PlateGeometry.Centre(reading.Quad), measureDist: false) >= 0))
                kept.Add(reading);
        }

        return kept;
    }

    private int? ZoneOf(PlateReading reading, Mat picture)
    {
        var centre = PlateGeometry.Centre(reading.Quad);
        return _zones.ZoneAt(new PicturePoint(centre.X / picture.Width, centre.Y / picture.Height));
    }
}
