using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Batch;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates.Batch;

public sealed class PlateReportTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_miss_stands_in_it_with_what_was_read_and_its_crop_and_nothing_is_loaded_from_elsewhere()
    {
        var page = PlateReport.Write([(_folder.Path, Scored(("a.png", "ABC1234", ["ABC1235"]), ("b.png", "XYZ0001", []), ("c.png", "JKL7777", ["JKL7777"])))], At, 300_000_000);

        Assert.Contains("<b>ABC1234</b> read as ABC1235 (90 %)", page, StringComparison.Ordinal);
        Assert.Contains("<b>XYZ0001</b> read as nothing", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>JKL7777</b>", page, StringComparison.Ordinal);
        Assert.Contains("2 misses", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("src=\"data:image/jpeg;base64,/9j/").Length - 1);
        Assert.Contains("33.3 %", page, StringComparison.Ordinal);
        Assert.Contains("Peak memory 300 MB", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_files_name_cannot_write_into_the_page()
    {
        var page = PlateReport.Write([(_folder.Path, Scored(("<script>.png", "ABC1234", [])))], At, null);

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_none_stands_among_the_misses()
    {
        var score = Scored(("a.png", "ABC1234", ["ABC1234"]));
        score.AddUnreadable(_folder.File("a.png"));

        Assert.Contains(
            "1 miss</h3>", PlateReport.Write([(_folder.Path, score)], At, null), StringComparison.Ordinal);
        Assert.Contains(
            "<b>ABC1234</b> not read: no picture that can be decoded", PlateReport.Write([(_folder.Path, score)], At, null), StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_reach_stands_beside_it_with_its_conditions()
    {
        var page = PlateReport.Write([("data/eu-scenes", Scored(("a.png", "ABC1234", ["ABC1234"])))], At, null);

        Assert.Contains("BayEdge</b><td class=n><b>100.0 %", page, StringComparison.Ordinal);
        Assert.Contains("89.8 to 91.7 %<td>108 crops by ground-truth box", page, StringComparison.Ordinal);
        Assert.Contains("No misses", page, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private PlateScore Scored(params (string File, string Plate, string[] Read)[] pictures)
    {
        using var grey = new Mat(60, 200, MatType.CV_8UC3, Scalar.All(90));
        foreach (var picture in pictures)
            grey.ImWrite(_folder.File(picture.File));
        File.WriteAllLines(_folder.File("labels.csv"), ["file,x,y,width,height,plate", .. pictures.Select(picture => $"{picture.File},20,10,100,30,{picture.Plate}")]);
        var score = new PlateScore(PlateLabels.Load(_folder.File("labels.csv")), PlateRegion.Us, crops: false);
        foreach (var (file, _, read) in pictures)
            score.Add(new PictureResult(_folder.File(file), [.. read.Select(text => new PlateReading(text, 0.9, PlateGeometry.Whole(grey)))], [], [1, 2, 3, 4]));
        return score;
    }
}
