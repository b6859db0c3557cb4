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
    private const float MostLineAspect = 12;
    private const double SamePlateOverlap = 0.4;

    /// <summary>Blue and yellow plates: 440 x 140 mm (GA 36-2018).</summary>
    private const double PlateAspect = 440.0 / 140;

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
        var regionReader = _regions[region].Value;
        var readings = new List<PlateReading>();
        foreach (var longSide in regionReader.LongSides)
        {
            foreach (var line in _clock.Measure(Stage.Locating, () => _locator.Locate(picture, longSide)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var aspect = PlateGeometry.Width(line.Quad) / PlateGeometry.Height(line.Quad);
                if (aspect is >= LeastLineAspect and <= MostLineAspect && regionReader.Read(picture, line.Quad, aspect) is { } reading)
                    readings.Add(reading);
            }

            if (readings.Exists(reading => reading.Confidence >= RegionReader.Sure))
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
        cancellationToken.ThrowIfCancellationRequested();
        var whole = PlateGeometry.Whole(crop);
        ImmutableArray<Point2f>[] turns = crop.Height > crop.Width
            ? [[whole[1], whole[2], whole[3], whole[0]], [whole[3], whole[0], whole[1], whole[2]]]
            : [whole];
        var best = turns
            .Select(quad => _regions[region].Value.Read(crop, quad, PlateAspect))
            .OfType<PlateReading>()
            .MaxBy(reading => reading.Confidence);
        return best is null ? [] : [best];
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
}
