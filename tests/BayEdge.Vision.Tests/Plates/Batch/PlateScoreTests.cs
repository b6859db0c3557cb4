using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Batch;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates.Batch;

public sealed class PlateScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_scene_is_right_when_the_labelled_plate_is_among_the_readings()
    {
        var score = Score(PlateRegion.Br, "FZB9581");
        score.Add(Result(Reading("ABC1234", 0), Reading("FZB958I", 10)));

        Assert.Equal((0, 1, 1, 0), (score.FirstRate, score.AmongRate, score.LocatedRate, score.CharacterErrorRate));
        Assert.Equal(1, score.ExtraReadings);
    }

    [Fact]
    public void In_China_one_and_I_differ()
    {
        var score = Score(PlateRegion.Cn, "皖A12345");
        score.Add(Result(Reading("皖AI2345", 10)));

        Assert.Equal((0, 1.0 / 7), (score.AmongRate, score.CharacterErrorRate));
    }

    [Fact]
    public void A_picture_that_could_not_be_read_counts_as_wrong()
    {
        var score = Score(PlateRegion.Cn, "皖A12345");
        score.AddUnreadable("a.jpg");

        Assert.Equal((1, 0), (score.Plates, score.AmongRate));
    }

    [Fact]
    public void A_plate_that_was_found_but_not_read_is_located()
    {
        var score = Score(PlateRegion.Cn, "皖A12345");
        score.Add(new PictureResult("a.jpg", [], [Reading("", 20).Quad], [1, 2, 3, 4]));

        Assert.Equal((0, 1), (score.AmongRate, score.LocatedRate));
    }

    [Fact]
    public void Each_of_two_plates_in_one_picture_counts_however_it_was_written_down()
    {
        var score = Score(PlateRegion.Cn, "皖A·12345", "沪b 88888", "京C-77777");
        score.Add(Result(Reading("沪B88888", 10), Reading("皖A12345", 12), Reading("川D66666", 14)));

        Assert.Equal((3, 2.0 / 3, 2.0 / 3, 1), (score.Plates, score.FirstRate, score.AmongRate, score.ExtraReadings));
    }

    private PlateScore Score(PlateRegion region, params string[] plates)
    {
        var path = _folder.File("labels.csv");
        File.WriteAllLines(path, ["file,x,y,width,height,plate", .. plates.Select(plate => $"a.jpg,10,10,100,30,{plate}")]);
        return new PlateScore(PlateLabels.Load(path), region, crops: false);
    }

    private static PictureResult Result(params PlateReading[] readings) => new("a.jpg", readings, [.. readings.Select(reading => reading.Quad)], [1, 2, 3, 4]);

    private static PlateReading Reading(string text, float at) =>
        new(text, 0.9, [new Point2f(at, at), new Point2f(at + 10, at), new Point2f(at + 10, at + 5), new Point2f(at, at + 5)]);
}
