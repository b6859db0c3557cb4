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
    /// <summary>Share of the smaller quadrangle from which on two readings are of one plate. Assumed.</summary>
    internal const double SamePlateOverlap = 0.4;

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
    public IReadOnlyList<PlateReading> Read(Mat picture, PlateSearch search, CancellationToken cancellationToken) => Find(picture, search, cancellationToken).Readings;

    /// <summary>As <see cref="Read"/>, and where it looked.</summary>
    internal PlateFinds Find(Mat picture, PlateSearch search, CancellationToken cancellationToken)
    {
        RequireColour(picture);
        var whole = new Rect(default, picture.Size());
        var area = (search.Area ?? whole).Intersect(whole);
        if (area.Width <= 0 || area.Height <= 0)
            return new PlateFinds([], []);

        using var view = PictureView.Of(picture, area, search.Upright);
        var scale = (double)Math.Max(view.Part.Width, view.Part.Height) / Math.Max(picture.Width, picture.Height);
        var hunt = new PlateHunt(_locator, _clock, _regions[search.Region].Value, view.Part, cancellationToken)
        {
            LeastWidthPx = search.LeastWidthPx,
            Places = new SearchPlaces([.. search.Places.Select(view.ToPart)]),
        };
        var readings = hunt.FindAll(scale).Where(reading => reading.Confidence >= _options.LeastConfidence);
        return new PlateFinds(
            WithoutRepeats(readings.Select(reading => reading with { Quad = view.ToPicture(reading.Quad) })),
            [.. hunt.Located.Select(view.ToPicture)]);
    }

    /// <summary>Reads a picture that shows one plate and nothing else, upright or lying on its side; likewise.</summary>
    /// <exception cref="PlateModelException">A network could not be run.</exception>
    /// <exception cref="OperationCanceledException">Ended from outside.</exception>
    internal PlateFinds FindInCrop(Mat crop, PlateRegion region, CancellationToken cancellationToken)
    {
        RequireColour(crop);
        cancellationToken.ThrowIfCancellationRequested();
        var hunt = new PlateHunt(_locator, _clock, _regions[region].Value, crop, cancellationToken);
        var readings = hunt.FindOne().Where(reading => reading.Confidence >= _options.LeastConfidence);
        return new PlateFinds([.. readings.OrderByDescending(reading => reading.Confidence).Take(1)], [.. hunt.Located]);
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

/// <summary>What came of looking at a picture.</summary>
/// <param name="Readings">Best first.</param>
/// <param name="Located">Every place where a plate may have been, in pixels.</param>
internal sealed record PlateFinds(IReadOnlyList<PlateReading> Readings, ImmutableArray<ImmutableArray<Point2f>> Located);
