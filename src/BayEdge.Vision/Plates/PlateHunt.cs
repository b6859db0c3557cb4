using System.Collections.Immutable;
using BayEdge.Vision.Plates.Locating;
using BayEdge.Vision.Plates.Measuring;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>One search of one picture for the plates of one region.</summary>
internal sealed class PlateHunt(ILocator locator, StageClock clock, RegionReader region, Mat picture, CancellationToken cancellationToken)
{
    // Width to height of a located line: from an American number that is seen from the side to a long European one. Assumed.
    private const double LeastLineAspect = 1.5;
    private const double MostLineAspect = 8;

    /// <summary>In pixels; what is lower cannot be read. Assumed: a sixth of what the reading network was made for.</summary>
    private const float LeastLineHeight = 8;

    /// <summary>
    /// How many lines of one look are read at most; a wall full of writing must not take seconds. Chosen by measurement on the scenes of
    /// China, Brazil, Europe and the United States: at 12 their rates are those without a limit.
    /// </summary>
    private const int MostLines = 12;

    /// <summary>To what the closer look scales a zone, in pixels: a plate in it is then as high as the reader wants it. Assumed.</summary>
    private const int ZoneLongSide = 320;

    /// <summary>Two lines or a patch of colour are oftener no plate than a line of its own: what is read there must be this certain. Assumed.</summary>
    private const double LeastOfWhole = 0.7;

    private readonly List<PlateReading> _readings = [];
    private readonly List<ImmutableArray<Point2f>> _located = [];

    /// <summary>What is narrower, in pixels, is passed over.</summary>
    public double LeastWidthPx { get; init; }

    public SearchPlaces Places { get; init; } = new([]);

    /// <summary>Every place that may have been a plate, and was read.</summary>
    public IReadOnlyList<ImmutableArray<Point2f>> Located => _located;

    /// <summary>Looks coarsely, then at patches of a plate's colour, then finely, until a plate is sure in every place.</summary>
    /// <param name="scale">How much of the whole camera picture's longer side this one has; it is looked at as finely as the whole would be.</param>
    public IReadOnlyList<PlateReading> FindAll(double scale)
    {
        if (locator.FindsPlates)
        {
            ReadPlates();
            return _readings;
        }

        var looked = 0;
        foreach (var wholeLongSide in region.LongSides)
        {
            var longSide = Math.Max(ZoneLongSide, (int)Math.Round(wholeLongSide * scale));
            if (longSide == looked)
                break;
            Look(longSide);
            // Where a plate may stand anywhere, another one may stand beside the first.
            if (looked == 0 && !(Places.AreKnown && Places.AreSure(_readings)))
                LookCloser();
            looked = longSide;
            if (Places.AreSure(_readings))
                break;
        }

        return _readings;
    }

    /// <summary>The picture shows one plate and nothing else, upright or lying on its side.</summary>
    public IReadOnlyList<PlateReading> FindOne()
    {
        var whole = PlateGeometry.Whole(picture);
        ImmutableArray<Point2f>[] turns = picture.Height > picture.Width
            ? [[whole[1], whole[2], whole[3], whole[0]], [whole[3], whole[0], whole[1], whole[2]]]
            : [whole];
        _readings.AddRange(turns.Select(quad => region.Read(picture, quad, region.PlateAspect)).OfType<PlateReading>());
        if (IsShapedAsTwoRows(turns[0]))
        {
            foreach (var turn in turns)
                ReadPatch(turn);
        }

        // A state's name, a frame or a wide border beside the number: look for the number alone.
        if (!_readings.Exists(reading => reading.IsSure) && !locator.FindsPlates)
        {
            var lines = Locate(picture, ZoneLongSide);
            ReadLines(lines);
            ReadRows(lines);
        }

        return _readings;
    }

    private void Look(int longSide)
    {
        var lines = Locate(picture, longSide);
        ReadLines(lines);
        ReadRows(lines);
    }

    /// <summary>Looks closer at patches of a plate's colour in which nothing sure was read yet.</summary>
    private void LookCloser()
    {
        foreach (var (zone, quad) in LocatePatches())
        {
            if (IsSureIn(zone) || !Places.Hold(quad))
                continue;
            using var part = new Mat(picture, zone);
            var lines = Locate(part, ZoneLongSide).Select(line => line.MovedBy(zone.TopLeft)).ToList();
            ReadLines(lines);
            if (!IsSureIn(zone))
                ReadRows(lines);
            if (!IsSureIn(zone) && PlateGeometry.Width(quad) >= LeastWidthPx)
                ReadPatch(quad);
        }

        bool IsSureIn(Rect zone) => _readings.Exists(reading => reading.IsSure && zone.Contains(PlateGeometry.Centre(reading.Quad).ToPoint()));
    }

    /// <summary>Reads whole plates as they were located.</summary>
    private void ReadPlates()
    {
        foreach (var plate in Locate(picture, longSide: 0).Where(plate => PlateGeometry.Width(plate.Quad) >= LeastWidthPx && Places.Hold(plate.Quad)).Take(MostLines))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _located.Add(plate.Quad);
            if (ReadPlate(plate.Quad) is { } reading)
                _readings.Add(reading);
        }
    }

    private void ReadLines(IEnumerable<TextLine> lines)
    {
        foreach (var line in lines.Where(MayBePlate).OrderByDescending(Likeness).Take(MostLines))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _located.Add(line.Quad);
            if (region.Read(picture, line.Quad, PlateGeometry.Aspect(line.Quad)) is { } reading)
                _readings.Add(reading);
        }

        bool MayBePlate(TextLine line) =>
            PlateGeometry.Height(line.Quad) >= LeastLineHeight
            && PlateGeometry.Width(line.Quad) >= LeastWidthPx
            && PlateGeometry.Aspect(line.Quad) is >= LeastLineAspect and <= MostLineAspect
            && Places.Hold(line.Quad);

        // Large, and shaped as a plate is.
        double Likeness(TextLine line)
        {
            var ratio = PlateGeometry.Aspect(line.Quad) / region.PlateAspect;
            return PlateGeometry.Height(line.Quad) * Math.Min(ratio, 1 / ratio);
        }
    }

    /// <summary>Reads lines that stand one above the other as one number, which takes the place of what was read of its lower row alone.</summary>
    private void ReadRows(IReadOnlyList<TextLine> lines)
    {
        if (region.TwoRows is null)
            return;
        var isSure = Places.AreSure(_readings);
        foreach (var pair in RowPairs.Of([.. lines.Where(line => Places.Hold(line.Quad))]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isLegible = PlateGeometry.Width(pair.Lower) >= LeastWidthPx && PlateGeometry.Height(pair.Lower) >= LeastLineHeight;
            if (!isLegible || (isSure && !IsShapedAsTwoRows(pair.Quad)))
                continue;
            _located.Add(pair.Quad);
            if (region.ReadRows(picture, pair.Upper, pair.Lower, pair.Quad) is not { Confidence: >= LeastOfWhole } whole)
                continue;
            _readings.RemoveAll(part => part.IsLowerRowOf(whole));
            _readings.Add(whole);
        }
    }

    /// <summary>Takes a patch of a plate's colour for the plate itself, where no lines are found in it.</summary>
    private void ReadPatch(ImmutableArray<Point2f> quad)
    {
        _located.Add(quad);
        if (ReadPlate(quad) is { Confidence: >= LeastOfWhole } reading)
            _readings.Add(reading);
    }

    private PlateReading? ReadPlate(ImmutableArray<Point2f> quad) =>
        region.TwoRows is { } rows && IsShapedAsTwoRows(quad)
            ? region.ReadRows(picture, PlateGeometry.Slice(quad, 0, rows.Split), PlateGeometry.Slice(quad, rows.Split, 1), quad)
            : region.Read(picture, quad, region.PlateAspect);

    // Nearer by its shape to a plate of two rows than to one of a single row.
    private bool IsShapedAsTwoRows(ImmutableArray<Point2f> quad) =>
        region.TwoRows is { } rows && PlateGeometry.Aspect(quad) < Math.Sqrt(rows.Aspect * region.PlateAspect);

    private IReadOnlyList<TextLine> Locate(Mat part, int longSide)
    {
        using (clock.Measure(Stage.Locating))
            return locator.Locate(part, longSide);
    }

    private IReadOnlyList<ColourPatch> LocatePatches()
    {
        using (clock.Measure(Stage.Locating))
            return ColourZones.Locate(picture, region.Grounds);
    }
}
