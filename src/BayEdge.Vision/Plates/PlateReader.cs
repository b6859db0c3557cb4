using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Decoding;
using BayEdge.Vision.Plates.Locating;
using BayEdge.Vision.Plates.Measuring;
using BayEdge.Vision.Plates.Networks;
using BayEdge.Vision.Plates.Reading;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Locates plates, straightens them, reads them and decodes the reading against the plates of a region.</summary>
public sealed class PlateReader : IPlateReader
{
    // Width to height of a located line: from an American number that is seen from the side to a long European one. Assumed.
    private const float LeastLineAspect = 1.5f;
    private const float MostLineAspect = 8;

    /// <summary>In pixels; what is lower cannot be read. Assumed: a sixth of what the reading network was made for.</summary>
    private const float LeastLineHeight = 8;

    /// <summary>
    /// How many lines of one look are read at most; a wall full of writing must not take seconds. Chosen by measurement on the scenes of
    /// China, Brazil, Europe and the United States: at 12 their rates are those without a limit.
    /// </summary>
    private const int MostLines = 12;

    /// <summary>To what the closer look scales a zone, in pixels: a plate in it is then as high as the reader wants it. Assumed.</summary>
    private const int ZoneLongSide = 320;

    /// <summary>Share of the smaller quadrangle from which on two readings are of one plate. Assumed.</summary>
    private const double SamePlateOverlap = 0.4;

    /// <summary>Two lines or a patch of colour are oftener no plate than a line of its own: what is read there must be this certain. Assumed.</summary>
    private const double LeastOfWhole = 0.7;

    private readonly ILocator _locator;
    private readonly ILineReader _lineReader;
    private readonly PlateReaderOptions _options;
    private readonly StageClock _clock;
    private readonly ImmutableDictionary<PlateRegion, Lazy<RegionReader>> _regions;

    private PlateReader(
        ILocator locator, ILineReader lineReader, ImmutableDictionary<PlateRegion, TemplateFile> templates, string symbols, PlateReaderOptions options, StageClock clock)
    {
        (_locator, _lineReader, _options, _clock) = (locator, lineReader, options, clock);
        _regions = templates.ToImmutableDictionary(
            region => region.Key,
            region => new Lazy<RegionReader>(() => new RegionReader(region.Value, lineReader, symbols, clock)));
    }

    /// <exception cref="PlateModelException">A network is missing or cannot be loaded.</exception>
    public static PlateReader Open(PlateReaderOptions options, TimeProvider timeProvider) => Open(options, new StageClock(timeProvider));

    /// <inheritdoc/>
    public IReadOnlyList<PlateReading> Read(Mat picture, PlateSearch search, CancellationToken cancellationToken)
    {
        RequireColour(picture);
        var whole = new Rect(default, picture.Size());
        var area = (search.Area ?? whole).Intersect(whole);
        if (area.Width <= 0 || area.Height <= 0)
            return [];

        using var part = new Mat(picture, area);
        var scale = (double)Math.Max(area.Width, area.Height) / Math.Max(picture.Width, picture.Height);
        var readings = ReadPart(part, scale, search, cancellationToken).Where(reading => reading.Confidence >= _options.LeastConfidence);
        return WithoutRepeats(readings.Select(reading => reading.MovedBy(area.TopLeft)));
    }

    /// <summary>Reads a picture that shows one plate and nothing else, upright or lying on its side.</summary>
    /// <returns>The reading; empty when the picture shows none.</returns>
    /// <exception cref="PlateModelException">A network could not be run.</exception>
    /// <exception cref="OperationCanceledException">Ended from outside.</exception>
    public IReadOnlyList<PlateReading> ReadCrop(Mat crop, PlateRegion region, CancellationToken cancellationToken)
    {
        RequireColour(crop);
        cancellationToken.ThrowIfCancellationRequested();
        var regionReader = _regions[region].Value;
        var whole = PlateGeometry.Whole(crop);
        ImmutableArray<Point2f>[] turns = crop.Height > crop.Width
            ? [[whole[1], whole[2], whole[3], whole[0]], [whole[3], whole[0], whole[1], whole[2]]]
            : [whole];
        var readings = turns.Select(quad => regionReader.Read(crop, quad, regionReader.PlateAspect)).OfType<PlateReading>().ToList();
        if (regionReader.TwoRows is { } rows && PlateGeometry.Aspect(turns[0]) < (rows.Aspect + regionReader.PlateAspect) / 2)
            readings.AddRange(turns.SelectMany(quad => ReadPatch(crop, quad, regionReader)));
        if (!readings.Exists(IsSure) && !_locator.FindsPlates)
        {
            // A state's name, a frame or a wide border beside the number: look for the number alone.
            var lines = Locate(crop, ZoneLongSide);
            readings.AddRange(ReadLines(crop, lines, regionReader, leastWidth: 0, cancellationToken));
            readings.AddRange(ReadRows(crop, lines, regionReader, leastWidth: 0));
        }

        return [.. readings.Where(reading => reading.Confidence >= _options.LeastConfidence).OrderByDescending(reading => reading.Confidence).Take(1)];
    }

    public void Dispose()
    {
        _locator.Dispose();
        _lineReader.Dispose();
    }

    internal static PlateReader Open(PlateReaderOptions options, StageClock clock)
    {
        var files = new WeightFiles(options.WeightsFolder);
        var added = AddedTemplates.Load(options.TemplatesFile);
        var templates = Enum.GetValues<PlateRegion>().ToImmutableDictionary(
            region => region,
            region => added.TryGetValue(region, out var more) ? more.AddedTo(TemplateFile.Of(region)) : TemplateFile.Of(region));
        var symbols = string.Concat(templates.Values.SelectMany(file => file.Characters()).Distinct().Order());
        ILocator locator = options.Networks.Locator is { } own ? YoloLocator.Open(own, options.Threads) : TextLocator.Open(files, options.Threads);
        try
        {
            ILineReader reader = options.Networks.Reader is { } named
                ? NetworkLineReader.Open(named, options.Threads, symbols)
                : PlateLineReader.Open(files, options.Threads, symbols);
            return new PlateReader(locator, reader, templates, symbols, options, clock);
        }
        catch
        {
            locator.Dispose();
            throw;
        }
    }

    private static void RequireColour(Mat picture)
    {
        if (picture.Type() != MatType.CV_8UC3)
            throw new ArgumentException($"The picture is of type {picture.Type()}; blue, green, red with 8 bits each (8UC3) is expected.", nameof(picture));
    }

    private static bool IsSure(PlateReading reading) => reading.Confidence >= RegionReader.Sure;

    private static List<PlateReading> WithoutRepeats(IEnumerable<PlateReading> readings)
    {
        var kept = new List<PlateReading>();
        foreach (var reading in readings.OrderByDescending(reading => reading.Confidence))
        {
            if (kept.TrueForAll(other => PlateGeometry.Overlap(other.Quad, reading.Quad) < SamePlateOverlap))
                kept.Add(reading);
        }

        return kept;
    }

    /// <param name="scale">How much of the whole picture's longer side the part has; it is looked at as finely as the whole would be.</param>
    private List<PlateReading> ReadPart(Mat part, double scale, PlateSearch search, CancellationToken cancellationToken)
    {
        var regionReader = _regions[search.Region].Value;
        if (_locator.FindsPlates)
            return ReadPlates(part, regionReader, search.LeastWidthPx, cancellationToken);
        var readings = new List<PlateReading>();
        foreach (var wholeLongSide in regionReader.LongSides)
        {
            var longSide = Math.Max(ZoneLongSide, (int)Math.Round(wholeLongSide * scale));
            var lines = Locate(part, longSide);
            readings.AddRange(ReadLines(part, lines, regionReader, search.LeastWidthPx, cancellationToken));
            if (!readings.Exists(IsSure))
                readings.AddRange(ReadRows(part, lines, regionReader, search.LeastWidthPx));
            if (wholeLongSide == regionReader.LongSides[0])
                readings.AddRange(ReadZones(part, readings, regionReader, search.LeastWidthPx, cancellationToken));
            if (readings.Exists(IsSure))
                break;
        }

        return readings;
    }

    /// <summary>Reads whole plates as they were located.</summary>
    private List<PlateReading> ReadPlates(Mat part, RegionReader regionReader, double leastWidth, CancellationToken cancellationToken)
    {
        var readings = new List<PlateReading>();
        foreach (var plate in Locate(part, longSide: 0).Where(plate => PlateGeometry.Width(plate.Quad) >= leastWidth).Take(MostLines))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadPlate(part, plate.Quad, regionReader) is { } reading)
                readings.Add(reading);
        }

        return readings;
    }

    /// <summary>Looks closer at patches of a plate's colour in which nothing sure was read yet.</summary>
    private List<PlateReading> ReadZones(
        Mat picture, IReadOnlyList<PlateReading> known, RegionReader regionReader, double leastWidth, CancellationToken cancellationToken)
    {
        var readings = new List<PlateReading>();
        foreach (var (zone, quad) in LocateZones(picture, regionReader))
        {
            if (SomeSureIn(zone, known))
                continue;
            using var part = new Mat(picture, zone);
            var lines = Locate(part, ZoneLongSide).Select(line => line.MovedBy(zone.TopLeft)).ToList();
            readings.AddRange(ReadLines(picture, lines, regionReader, leastWidth, cancellationToken));
            if (!SomeSureIn(zone, readings))
                readings.AddRange(ReadRows(picture, lines, regionReader, leastWidth));
            if (!SomeSureIn(zone, readings) && PlateGeometry.Width(quad) >= leastWidth)
                readings.AddRange(ReadPatch(picture, quad, regionReader));
        }

        return readings;

        bool SomeSureIn(Rect zone, IEnumerable<PlateReading> among) =>
            among.Any(reading => IsSure(reading) && zone.Contains(PlateGeometry.Centre(reading.Quad).ToPoint()));
    }

    /// <summary>Takes a patch of a plate's colour for the plate itself, where no lines are found in it.</summary>
    private static IEnumerable<PlateReading> ReadPatch(Mat picture, ImmutableArray<Point2f> quad, RegionReader regionReader) =>
        ReadPlate(picture, quad, regionReader) is { Confidence: >= LeastOfWhole } reading ? [reading] : [];

    private static PlateReading? ReadPlate(Mat picture, ImmutableArray<Point2f> quad, RegionReader regionReader) =>
        regionReader.TwoRows is { } rows && PlateGeometry.Aspect(quad) < (rows.Aspect + regionReader.PlateAspect) / 2
            ? regionReader.ReadRows(picture, PlateGeometry.Slice(quad, 0, rows.Split), PlateGeometry.Slice(quad, rows.Split, 1), quad)
            : regionReader.Read(picture, quad, regionReader.PlateAspect);

    /// <summary>Reads lines that stand one above the other as one number.</summary>
    private static IEnumerable<PlateReading> ReadRows(Mat picture, IReadOnlyList<TextLine> lines, RegionReader regionReader, double leastWidth)
    {
        if (regionReader.TwoRows is null)
            return [];
        return RowPairs.Of(lines)
            .Where(pair => PlateGeometry.Width(pair.Lower) >= leastWidth && PlateGeometry.Height(pair.Lower) >= LeastLineHeight)
            .Select(pair => regionReader.ReadRows(picture, pair.Upper, pair.Lower, pair.Quad))
            .OfType<PlateReading>()
            .Where(reading => reading.Confidence >= LeastOfWhole);
    }

    private IReadOnlyList<TextLine> Locate(Mat picture, int longSide)
    {
        using (_clock.Measure(Stage.Locating))
            return _locator.Locate(picture, longSide);
    }

    private IReadOnlyList<ColourPatch> LocateZones(Mat picture, RegionReader regionReader)
    {
        using (_clock.Measure(Stage.Locating))
            return ColourZones.Locate(picture, regionReader.Grounds);
    }

    private static IEnumerable<PlateReading> ReadLines(
        Mat picture, IEnumerable<TextLine> lines, RegionReader regionReader, double leastWidth, CancellationToken cancellationToken)
    {
        foreach (var line in lines.Where(MayBePlate).OrderByDescending(Likeness).Take(MostLines))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (regionReader.Read(picture, line.Quad, AspectOf(line)) is { } reading)
                yield return reading;
        }

        bool MayBePlate(TextLine line) =>
            PlateGeometry.Height(line.Quad) >= LeastLineHeight
            && PlateGeometry.Width(line.Quad) >= leastWidth
            && AspectOf(line) is >= LeastLineAspect and <= MostLineAspect;

        // Large, and shaped as a plate is.
        double Likeness(TextLine line)
        {
            var ratio = AspectOf(line) / regionReader.PlateAspect;
            return PlateGeometry.Height(line.Quad) * Math.Min(ratio, 1 / ratio);
        }
    }

    private static double AspectOf(TextLine line) => PlateGeometry.Width(line.Quad) / PlateGeometry.Height(line.Quad);
}
