using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Decoding;
using BayEdge.Vision.Plates.Locating;
using BayEdge.Vision.Plates.Measuring;
using BayEdge.Vision.Plates.Reading;
using BayEdge.Vision.Tests.Plates.Decoding;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates;

/// <summary>What is looked at, and in which order, with a locator and a reader that say what the test wants.</summary>
public sealed class PlateHuntTests
{
    private static readonly Size Picture = new(1280, 720);
    private static readonly ImmutableArray<Point2f> LeftBay = Corners(0, 0, 640, 720);
    private static readonly ImmutableArray<Point2f> RightBay = Corners(640, 0, 640, 720);

    private readonly List<(Line Line, int FromLongSide)> _shown = [];
    private readonly List<string> _read = [];
    private readonly List<int> _looks = [];

    [Fact]
    public void A_sure_plate_in_one_bay_does_not_end_the_search_of_the_next()
    {
        Show(new Line("AB123CD", 100, 400, 200));
        Show(new Line("EF456GH", 900, 400, 80), fromLongSide: FineLook());

        Assert.Equal(["AB123CD", "EF456GH"], Hunt(LeftBay, RightBay).Order());
        Assert.Equal(["AB123CD"], Hunt(LeftBay));
    }

    [Fact]
    public void Writing_outside_the_bays_is_not_read_at_all()
    {
        Show(new Line("AB123CD", 100, 400, 200));
        Show(new Line("EF456GH", 900, 400, 200));

        Hunt(LeftBay);

        Assert.Equal(["AB123CD"], _read);
    }

    [Fact]
    public void A_place_that_was_looked_at_as_finely_as_it_can_be_is_not_looked_at_again()
    {
        Hunt(scale: 0.2);

        Assert.Single(_looks);
    }

    [Fact]
    public void A_number_in_two_rows_is_not_taken_for_its_lower_row()
    {
        // CD123 is a German number by itself.
        Show(new Line("AB", 145, 340, 90, Height: 50));
        Show(new Line("CD123", 100, 400, 180, Height: 50));

        Assert.Equal(["ABCD123"], Hunt());
    }

    [Fact]
    public void Writing_above_a_long_plate_is_none_of_its_rows()
    {
        Show(new Line("AB", 145, 350, 90, Height: 40));
        Show(new Line("CD123", 100, 400, 280, Height: 40));

        Assert.Equal(["CD123"], Hunt());
    }

    [Fact]
    public void A_clock_that_the_camera_writes_in_two_rows_is_no_plate()
    {
        Show(new Line("AB", 145, 340, 90, Height: 50) { Written = "02.03.2026" });
        Show(new Line("CD123", 100, 400, 180, Height: 50) { Written = "08:15:22" });

        Assert.Empty(Hunt());
    }

    private static int FineLook() => TemplateFile.Of(PlateRegion.Eu).LongSides[^1];

    private static ImmutableArray<Point2f> Corners(float x, float y, float width, float height) =>
        [new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)];

    private void Show(Line line, int fromLongSide = 0) => _shown.Add((line, fromLongSide));

    private IReadOnlyList<string> Hunt(params ImmutableArray<Point2f>[] places) => Hunt(1, places);

    private IReadOnlyList<string> Hunt(double scale, params ImmutableArray<Point2f>[] places)
    {
        var region = new RegionReader(TemplateFile.Of(PlateRegion.Eu), new ScriptedLineReader(this), SyntheticLine.Symbols, new StageClock(TimeProvider.System));
        using var picture = new Mat(Picture, MatType.CV_8UC3, Scalar.All(90));
        var hunt = new PlateHunt(new ScriptedLocator(this), new StageClock(TimeProvider.System), region, picture, TestContext.Current.CancellationToken)
        {
            Places = new SearchPlaces([.. places]),
        };
        return [.. hunt.FindAll(scale).Where(reading => reading.IsSure).Select(reading => reading.Text).Distinct()];
    }

    private sealed record Line(string Text, float X, float Y, float Width, float Height = 45)
    {
        public string Written { get; init; } = "";

        public ImmutableArray<Point2f> Quad => Corners(X, Y, Width, Height);
    }

    private sealed class ScriptedLocator(PlateHuntTests test) : ILocator
    {
        public bool FindsPlates => false;

        public IReadOnlyList<TextLine> Locate(Mat picture, int longSide)
        {
            test._looks.Add(longSide);
            return [.. test._shown.Where(shown => longSide >= shown.FromLongSide).Select(shown => new TextLine(shown.Line.Quad, Score: 1))];
        }

        public void Dispose()
        {
        }
    }

    private sealed class ScriptedLineReader(PlateHuntTests test) : ILineReader
    {
        public LineScores Read(Mat picture, ImmutableArray<Point2f> quad, double aspect)
        {
            var (line, _) = test._shown.Single(shown => shown.Line.Quad.SequenceEqual(quad));
            test._read.Add(line.Text);
            return SyntheticLine.Of(line.Text, certainty: 0.999).Scores(line.Written);
        }

        public void Dispose()
        {
        }
    }
}
