using BayEdge.Core.Configuration;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Plates;

public sealed class PlateReaderTests : IDisposable
{
    private readonly PlateReader _reader = PlateReader.Open(new PlateReaderOptions(), TimeProvider.System);

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("ch_PP-OCRv4_det_infer.onnx")]
    [InlineData("ch_PP-OCRv4_rec_infer.onnx")]
    [InlineData("ppocr_keys_v1.txt")]
    [InlineData("PaddleOCR-NOTICE.txt")]
    [InlineData("PaddleOCR-LICENSE.txt")]
    public void The_networks_stand_beside_the_program_with_their_notice_and_licence(string file)
    {
        Assert.True(File.Exists(Path.Combine(new PlateReaderOptions().WeightsFolder, file)));
    }

    [Fact]
    public void A_bay_without_a_vehicle_gives_no_plate()
    {
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, seed: 5);
        using var picture = renderer.Render(new BayScene(DateTimeOffset.UnixEpoch) { Trolley = true, PersonAcross = 0.3 });

        Assert.Empty(_reader.Read(picture, new PlateSearch(PlateRegion.Cn), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_plate_is_read_where_it_stands()
    {
        using var picture = Cv2.ImRead(SharedData.Require("plates", "cn-scenes", "scene-02.jpg"));

        var plate = Assert.Single(_reader.Read(picture, new PlateSearch(PlateRegion.Cn), TestContext.Current.CancellationToken));

        Assert.Equal("皖AY766D", plate.Text);
        Assert.InRange(plate.Quad[0].X, 324, 364);
        Assert.InRange(plate.Quad[2].Y, 498, 538);
    }

    [Fact]
    public void In_an_area_a_plate_is_read_where_it_stands_in_the_picture_and_only_there()
    {
        using var picture = Cv2.ImRead(SharedData.Require("plates", "cn-scenes", "scene-02.jpg"));
        var search = new PlateSearch(PlateRegion.Cn) { Area = new Rect(250, 350, 400, 300) };
        var elsewhere = new PlateSearch(PlateRegion.Cn) { Area = new Rect(0, 0, 240, 300) };
        var wide = search with { LeastWidthPx = 400 };

        var plate = Assert.Single(_reader.Read(picture, search, TestContext.Current.CancellationToken));

        Assert.Equal("皖AY766D", plate.Text);
        Assert.InRange(plate.Quad[0].X, 324, 364);
        Assert.InRange(plate.Quad[2].Y, 498, 538);
        Assert.Empty(_reader.Read(picture, elsewhere, TestContext.Current.CancellationToken));
        Assert.Empty(_reader.Read(picture, wide, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0, 0, 600, 480, 600, 720, 0, 240)]
    [InlineData(500, 0, 1200, 0, 700, 600, 0, 600)]
    public void A_camera_that_looks_from_far_aside_or_above_reads_what_it_straightens_and_tells_where_it_stands(
        float x1, float y1, float x2, float y2, float x3, float y3, float x4, float y4)
    {
        using var plates = new PlateRenderer();
        var car = new SceneCar(1, CarEnd.Front, Look: 3) { Plate = new PlateNumber(PlateKind.ChinaGreenSmall, "沪AD12345") };
        using var renderer = new SceneRenderer(plates, seed: 5);
        using var straight = renderer.Render(new BayScene(DateTimeOffset.UnixEpoch) { Car = car });
        Point2f[] frame = [new(0, 0), new(1280, 0), new(1280, 720), new(0, 720)];
        Point2f[] aslant = [new(x1, y1), new(x2, y2), new(x3, y3), new(x4, y4)];
        using var slant = Cv2.GetPerspectiveTransform(frame, aslant);
        using var picture = new Mat();
        Cv2.WarpPerspective(straight, picture, slant, straight.Size());
        var expected = Assert.Single(_reader.Read(straight, new PlateSearch(PlateRegion.Cn), TestContext.Current.CancellationToken));

        Assert.DoesNotContain(_reader.Read(picture, new PlateSearch(PlateRegion.Cn), TestContext.Current.CancellationToken), plate => plate.Text == "沪AD12345");

        var search = new PlateSearch(PlateRegion.Cn) { Upright = [.. aslant], Places = [[.. aslant]] };
        var read = Assert.Single(_reader.Read(picture, search, TestContext.Current.CancellationToken));
        Assert.Equal("沪AD12345", read.Text);
        var place = Cv2.PerspectiveTransform(expected.Quad, slant);
        Assert.All(read.Quad.Zip(place), corners => Assert.InRange(corners.First.DistanceTo(corners.Second), 0, 12));
    }

    [Fact]
    public void A_crop_that_lies_on_its_side_is_read()
    {
        using var upright = Cv2.ImRead(SharedData.Require("plates", "cn-crops", "crop-0001.jpg"));
        using var lying = new Mat();
        Cv2.Rotate(upright, lying, RotateFlags.Rotate90Counterclockwise);

        var plate = Assert.Single(_reader.FindInCrop(lying, PlateRegion.Cn, TestContext.Current.CancellationToken).Readings);

        Assert.Equal("沪C8GK31", plate.Text);
    }

    [Fact]
    public void A_grey_picture_is_refused_with_what_is_expected()
    {
        using var grey = new Mat(48, 160, MatType.CV_8UC1, Scalar.Black);

        var refusal = Assert.Throws<ArgumentException>(() => _reader.Read(grey, new PlateSearch(PlateRegion.Cn), TestContext.Current.CancellationToken));

        Assert.Contains("8UC3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ends_when_asked_to()
    {
        using var picture = Cv2.ImRead(SharedData.Require("plates", "cn-scenes", "scene-02.jpg"));

        Assert.Throws<OperationCanceledException>(() => _reader.Read(picture, new PlateSearch(PlateRegion.Cn), new CancellationToken(canceled: true)));
    }
}
