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
    /// <summary>From here on a reading is believed without a second look, and nothing finer is sought. Confidence, 0 to 1; assumed.</summary>
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

    /// <summary>Looks up to three times; what was read most often and most certainly holds.</summary>
    /// <param name="aspect">Width to height of the line as it is on the plate.</param>
    public PlateReading? Read(Mat picture, ImmutableArray<Point2f> quad, double aspect)
    {
        var first = Look(picture, quad, aspect);
        if (first is null || first.Confidence is >= Sure or < Hopeless)
            return first;
        return Stretches.Select(stretch => Look(picture, quad, aspect * stretch)).OfType<PlateReading>().Prepend(first)
            .GroupBy(reading => reading.Text)
            .MaxBy(same => same.Sum(reading => reading.Confidence))!
            .MaxBy(reading => reading.Confidence);
    }

    /// <summary>Reads a number that is broken into two rows.</summary>
    /// <param name="quad">The corners of both together.</param>
    public PlateReading? ReadRows(Mat picture, ImmutableArray<Point2f> upper, ImmutableArray<Point2f> lower, ImmutableArray<Point2f> quad)
    {
        LineScores scores;
        using (_clock.Measure(Stage.Reading))
            scores = LineScores.Joined(_lineReader.Read(picture, upper, PlateGeometry.Aspect(upper)), _lineReader.Read(picture, lower, PlateGeometry.Aspect(lower)));
        return Decode(scores, picture, quad);
    }

    private PlateReading? Look(Mat picture, ImmutableArray<Point2f> quad, double aspect)
    {
        LineScores scores;
        using (_clock.Measure(Stage.Reading))
            scores = _lineReader.Read(picture, quad, aspect);
        if (WrittenText.IsOfCamera(scores.Written))
            return null;
        return Decode(scores, picture, quad);
    }

    private PlateReading? Decode(LineScores scores, Mat picture, ImmutableArray<Point2f> quad)
    {
        using (_clock.Measure(Stage.Decoding))
        {
            return _decoder.Decode(scores, ColourZones.GroundOf(picture, quad, Grounds)) is { } decoded
                ? new PlateReading(decoded.Text, decoded.Confidence, quad) { Doubts = decoded.Doubts }
                : null;
        }
    }
}
