using System.Collections.Immutable;
using BayEdge.Vision.Plates.Decoding;
using BayEdge.Vision.Plates.Locating;
using BayEdge.Vision.Plates.Measuring;
using BayEdge.Vision.Plates.Reading;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Reads one located plate against the templates of one region.</summary>
internal sealed class RegionReader
{
    /// <summary>From here on a reading is believed without a second look. Confidence, 0 to 1; assumed.</summary>
    public const double Sure = 0.9;

    /// <summary>Below this a line shows no plate, and a second look is wasted. Assumed.</summary>
    private const double Hopeless = 0.3;

    /// <summary>
    /// How the second and third look stretch the line, as factors of its width; the network reads some founts better narrow or wide.
    /// Assumed; the rates of decision 011 were measured with them.
    /// </summary>
    private static readonly double[] Stretches = [0.85, 1.2];

    private readonly ILineReader _lineReader;
    private readonly TemplateDecoder _decoder;
    private readonly StageClock _clock;

    public RegionReader(TemplateFile file, ILineReader lineReader, string symbols, StageClock clock)
    {
        _lineReader = lineReader;
        _decoder = new TemplateDecoder(file.Compile(symbols), file.JunkCost);
        _clock = clock;
        LongSides = file.LongSides;
        Grounds = file.Grounds;
        TwoRows = file.TwoRows;
        PlateAspect = file.PlateMillimetres.Width / file.PlateMillimetres.Height;
    }

    /// <inheritdoc cref="TemplateFile.LongSides"/>
    public ImmutableArray<int> LongSides { get; }

    /// <inheritdoc cref="TemplateFile.Grounds"/>
    public ImmutableArray<PlateGround> Grounds { get; }

    /// <inheritdoc cref="TemplateFile.TwoRows"/>
    public TwoRows? TwoRows { get; }

    /// <summary>Width to height of the region's most common plate.</summary>
    public double PlateAspect { get; }

    /// <param name="aspect">Width to height of the line as it is on the plate.</param>
    public PlateReading? Read(Mat picture, ImmutableArray<Point2f> quad, double aspect) =>
        Look(picture, quad, stretch => ReadLine(picture, quad, aspect * stretch));

    /// <summary>Reads a number that is broken into two rows.</summary>
    /// <param name="quad">The corners of both together.</param>
    public PlateReading? ReadRows(Mat picture, ImmutableArray<Point2f> upper, ImmutableArray<Point2f> lower, ImmutableArray<Point2f> quad) =>
        Look(picture, quad, stretch => LineScores.Joined(
            ReadLine(picture, upper, PlateGeometry.Aspect(upper) * stretch), ReadLine(picture, lower, PlateGeometry.Aspect(lower) * stretch)));

    /// <summary>Looks up to three times; what was read most often and most certainly holds.</summary>
    /// <param name="read">Takes how much wider than it is the number is to be seen.</param>
    private PlateReading? Look(Mat picture, ImmutableArray<Point2f> quad, Func<double, LineScores> read)
    {
        var first = Decode(read(1), picture, quad);
        if (first is null || first.Confidence is >= Sure or < Hopeless)
            return first;
        return Stretches.Select(stretch => Decode(read(stretch), picture, quad)).OfType<PlateReading>().Prepend(first)
            .GroupBy(reading => reading.Text)
            .MaxBy(same => same.Sum(reading => reading.Confidence))!
            .MaxBy(reading => reading.Confidence);
    }

    private LineScores ReadLine(Mat picture, ImmutableArray<Point2f> quad, double aspect)
    {
        using (_clock.Measure(Stage.Reading))
            return _lineReader.Read(picture, quad, aspect);
    }

    private PlateReading? Decode(LineScores scores, Mat picture, ImmutableArray<Point2f> quad)
    {
        if (WrittenText.IsOfCamera(scores.Written))
            return null;
        using (_clock.Measure(Stage.Decoding))
        {
            return _decoder.Decode(scores, ColourZones.GroundOf(picture, quad, Grounds)) is { } decoded
                ? new PlateReading(decoded.Text, decoded.Confidence, quad) { Kind = decoded.Template.Name, Doubts = decoded.Doubts }
                : null;
        }
    }
}
