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
    public void The_corners_of_a_plate_that_was_read_right_are_held_against_labelled_ones_and_not_against_a_box()
    {
        File.WriteAllLines(_folder.File("corners.csv"), ["file,x1,y1,x2,y2,x3,y3,x4,y4,plate", "a.jpg,10,10,110,10,110,40,10,40,皖A12345"]);
        var (boxes, corners) = (Score(PlateRegion.Cn, "皖A12345"), new PlateScore(PlateLabels.Load(_folder.File("corners.csv")), PlateRegion.Cn, crops: false));
        Point2f[] read = [new(13, 14), new(110, 10), new(110, 40), new(10, 37)];
        foreach (var score in new[] { boxes, corners })
        {
            score.Add(Result(new PlateReading("皖A12345", 0.9, [.. read])));
            score.Add(Result(Reading("皖A12346", 70)));
        }

        Assert.Null(boxes.CornerError);
        Assert.Equal((5 + 0 + 0 + 3) / 4.0 / 100, corners.CornerError!.Value, 6);
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
