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
    private const float LeastLineAspect = 1.5f;
    private const float MostLineAspect = 8;

    /// <summary>In pixels; what is lower cannot be read.</summary>
    private const float LeastLineHeight = 8;

    /// <summary>To what the closer look scales a zone, in pixels.</summary>
    private const int ZoneLongSide = 320;

    private const double SamePlateOverlap = 0.4;

    private readonly TextLocator _locator;
    private readonly PlateLineReader _lineReader;
    private readonly PlateReaderOptions _options;
    private readonly StageClock _clock;
    private readonly ImmutableDictionary<PlateRegion, Lazy<RegionReader>> _regions;

    private PlateReader(TextLocator locator, PlateLineReader lineReader, string symbols, PlateReaderOptions options, StageClock clock)
    {
        _locator = locator;
        _lineReader = lineReader;
        _options = options;
        _clock = clock;
        _regions = Enum.GetValues<PlateRegion>().ToImmutableDictionary(
            region => region,
            region => new Lazy<RegionReader>(() => new RegionReader(region, lineReader, symbols, clock)));
    }

    /// <exception cref="PlateModelException">A network is missing or cannot be loaded.</exception>
    public static PlateReader Open(PlateReaderOptions options, TimeProvider timeProvider) => Open(options, new StageClock(timeProvider));

    /// <inheritdoc/>
    public IReadOnlyList<PlateReading> Read(Mat picture, PlateRegion region, CancellationToken cancellationToken)
    {
        RequireColour(picture);
        var regionReader = _regions[region].Value;
        var readings = new List<PlateReading>();
        foreach (var longSide in regionReader.LongSides)
        {
            var lines = _clock.Measure(Stage.Locating, () => _locator.Locate(picture, longSide));
            readings.AddRange(ReadLines(picture, lines, regionReader, cancellationToken));
            if (longSide == regionReader.LongSides[0])
                readings.AddRange(ReadZones(picture, readings, regionReader, cancellationToken));
            if (readings.Exists(IsSure))
                break;
        }

        return WithoutRepeats(readings.Where(reading => reading.Confidence >= _options.LeastConfidence));
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
        if (!readings.Exists(IsSure))
        {
            // A state's name, a frame or a wide border beside the number: look for the number alone.
            var lines = _clock.Measure(Stage.Locating, () => _locator.Locate(crop, ZoneLongSide));
            readings.AddRange(ReadLines(crop, lines, regionReader, cancellationToken));
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
        var symbols = string.Concat(Enum.GetValues<PlateRegion>().SelectMany(region => TemplateFile.Of(region).Characters()).Distinct().Order());
        var locator = TextLocator.Open(files, options.Threads);
        try
        {
            return new PlateReader(locator, PlateLineReader.Open(files, options.Threads, symbols), symbols, options, clock);
        }
        catch (PlateModelException)
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

    /// <summary>Looks closer at patches of a plate's colour in which nothing sure was read yet.</summary>
    private List<PlateReading> ReadZones(
        Mat picture, IReadOnlyList<PlateReading> known, RegionReader regionReader, CancellationToken cancellationToken)
    {
        var readings = new List<PlateReading>();
        foreach (var zone in _clock.Measure(Stage.Locating, () => ColourZones.Locate(picture, regionReader.Grounds)))
        {
            if (known.Concat(readings).Any(reading => IsSure(reading) && zone.Contains(PlateGeometry.Centre(reading.Quad).ToPoint())))
                continue;
            using var part = new Mat(picture, zone);
            var lines = _clock.Measure(Stage.Locating, () => _locator.Locate(part, ZoneLongSide));
            readings.AddRange(ReadLines(picture, lines.Select(line => line.MovedBy(zone.TopLeft)), regionReader, cancellationToken));
        }

        return readings;
    }

    private static IEnumerable<PlateReading> ReadLines(
        Mat picture, IEnumerable<TextLine> lines, RegionReader regionReader, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var height = PlateGeometry.Height(line.Quad);
            var aspect = PlateGeometry.Width(line.Quad) / height;
            var mayBePlate = height >= LeastLineHeight && aspect is >= LeastLineAspect and <= MostLineAspect;
            if (mayBePlate && regionReader.Read(picture, line.Quad, aspect) is { } reading)
                yield return reading;
        }
    }
}
