using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Vision.Occupancy;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Watches the zones of one camera: what moves, what is worth reading, which plates are sure, and whether a vehicle stands there.</summary>
internal sealed class ZoneWatch : IDisposable
{
    /// <summary>From which width on a reading counts in full, in pixels, and how much the smallest counts. Assumed.</summary>
    private const double FullWeightWidthPx = 120;
    private const double LeastWeight = 0.25;

    private readonly CameraConfiguration _configuration;
    private readonly StreamOptions _options;
    private readonly SharedPlateReader _reader;
    private readonly PictureZones _zones;
    private readonly MotionGate _motion;
    private readonly ReadingSchedule[] _schedules;
    private readonly PlateVote[] _votes;
    private readonly KnownPlace[] _places;
    private readonly ZoneOccupancy[] _occupancy;
    private readonly EvidenceCamera? _evidence;

    /// <param name="memory">Where it is kept how the zones look; null when that is forgotten.</param>
    /// <param name="tray">Where pictures are laid that may become evidence; null for nowhere.</param>
    public ZoneWatch(
        CameraConfiguration configuration, StreamOptions options, SharedPlateReader reader, ISourceMemory? memory = null, IPictureTray? tray = null)
    {
        (_configuration, _options, _reader) = (configuration, options, reader);
        _evidence = tray is null ? null : new EvidenceCamera(configuration, tray);
        _zones = new PictureZones(configuration.Zones);
        _motion = new MotionGate(_zones);
        _schedules = [.. Enumerable.Range(0, _zones.Count).Select(_ => new ReadingSchedule(new ReadingScheduleOptions()))];
        _votes = [.. Enumerable.Range(0, _zones.Count).Select(_ => new PlateVote(new PlateVoteOptions()))];
        _places = [.. Enumerable.Range(0, _zones.Count).Select(_ => new KnownPlace())];
        _occupancy = [.. configuration.Zones.Select(zone => new ZoneOccupancy(configuration.Id, zone, options.Interval, memory))];
    }

    /// <summary>Looks at a picture, reads it where that is worth it, and returns what is sure: plates, and how likely the zones are occupied.</summary>
    public async Task<IReadOnlyList<Sighting>> LookAsync(Frame frame, CancellationToken cancellationToken)
    {
        var sightings = new List<Sighting>();
        sightings.AddRange(await ReadAsync(frame, cancellationToken));
        for (var zone = 0; zone < _zones.Count; zone++)
        {
            var bay = _zones.BayOf(zone);
            var plateIsSure = sightings.OfType<PlateSighting>().Any(plate => plate.Zone == bay);
            if (_occupancy[zone].Look(frame.Picture, frame.At.Monotonic, plateIsSure) is { } occupied)
                sightings.Add(new OccupancySighting(frame.At, _configuration.Id, bay, Math.Round(occupied, 3)));
        }

        return sightings;
    }

    public void Dispose()
    {
        _motion.Dispose();
        foreach (var zone in _occupancy)
            zone.Dispose();
    }

    private async Task<IReadOnlyList<PlateSighting>> ReadAsync(Frame frame, CancellationToken cancellationToken)
    {
        var (due, moving) = ZonesDue(frame);
        if (due.Count == 0)
            return [];

        var search = new PlateSearch(_configuration.PlateRegion)
        {
            Area = AreaOf(due, moving, frame),
            Places = [.. due.Select(zone => _zones.OutlineOf(zone, frame.Picture.Size()))],
            Upright = PictureZones.InPixels(_configuration.Straighten, frame.Picture.Size()),
            LeastWidthPx = _options.MinimumPlateWidthPx,
        };
        var readings = await _reader.ReadAsync(frame.Picture, search, cancellationToken);
        var byZone = Distinct(readings).ToLookup(reading => ZoneOf(reading, frame.Picture));
        var sure = new List<PlateSighting>();
        foreach (var zone in due)
        {
            var ballots = byZone[zone].Select(reading => new Ballot(reading.Text, reading.Confidence) { Weight = WeightOf(reading), WidthPx = PlateGeometry.Width(reading.Quad), Doubts = reading.Doubts });
            _places[zone].Read([.. byZone[zone].Select(reading => reading.Quad)]);
            (_votes[zone], var plates) = _votes[zone].Count(ballots, frame.At.Monotonic);
            foreach (var plate in plates)
            {
                var sighting = new PlateSighting(frame.At, _configuration.Id, _zones.BayOf(zone), plate.Text, plate.Confidence);
                _evidence?.PlateIsSure(frame, sighting, byZone[zone].MinBy(reading => EditDistance.Between(reading.Text, plate.Text))!);
                sure.Add(sighting);
            }
        }

        return sure;
    }

    /// <summary>All of the zones; where every plate of them is sure and nothing moves, only where those stood.</summary>
    private Rect AreaOf(List<int> due, bool[] moving, Frame frame)
    {
        var size = frame.Picture.Size();
        var isStanding = due.TrueForAll(zone => !moving[zone] && _votes[zone].StateAt(frame.At.Monotonic) == VoteState.Sure);
        var places = isStanding ? due.ConvertAll(zone => _places[zone].Around(size)) : [];
        return places.Count > 0 && !places.Contains(null) ? places.Select(place => place!.Value).Aggregate((one, other) => one.Union(other)) : _zones.AreaOf(due, size);
    }

    private (List<int> Due, bool[] Moving) ZonesDue(Frame frame)
    {
        var now = frame.At.Monotonic;
        var moving = _motion.Look(frame.Picture, now);
        if (moving.Contains(true))
            _evidence?.SomethingMoves(frame);
        var due = new List<int>();
        for (var zone = 0; zone < _zones.Count; zone++)
        {
            if (_schedules[zone].TakeTurn(now, moving[zone], _votes[zone].StateAt(now)))
                due.Add(zone);
        }

        return (due, moving);
    }

    // Best first: a reading whose middle lies on a better one is the same plate read once more.
    private List<PlateReading> Distinct(IReadOnlyList<PlateReading> readings)
    {
        var kept = new List<PlateReading>();
        foreach (var reading in readings)
        {
            var usable = reading.Text.Length > 0 && PlateGeometry.Width(reading.Quad) >= _options.MinimumPlateWidthPx;
            if (usable && !kept.Exists(better => Cv2.PointPolygonTest(better.Quad, PlateGeometry.Centre(reading.Quad), measureDist: false) >= 0))
                kept.Add(reading);
        }

        return kept;
    }

    // By half the width of a plate the strokes of a province run into each other.
    private static double WeightOf(PlateReading reading) => Math.Clamp(PlateGeometry.Width(reading.Quad) / FullWeightWidthPx, LeastWeight, 1);

    private int? ZoneOf(PlateReading reading, Mat picture)
    {
        var centre = PlateGeometry.Centre(reading.Quad);
        return _zones.ZoneAt(new PicturePoint(centre.X / picture.Width, centre.Y / picture.Height));
    }
}
