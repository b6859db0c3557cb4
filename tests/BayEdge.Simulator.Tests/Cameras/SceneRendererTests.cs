using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using OpenCvSharp;

namespace BayEdge.Simulator.Tests.Cameras;

public sealed class SceneRendererTests : IDisposable
{
    private readonly PlateRenderer _plates = new();
    private readonly SceneRenderer _renderer;

    public SceneRendererTests() => _renderer = new SceneRenderer(_plates, seed: 1);

    public void Dispose()
    {
        _renderer.Dispose();
        _plates.Dispose();
    }

    [Fact]
    public void A_picture_is_1280_by_720_in_three_colours()
    {
        using var picture = _renderer.Render(Scenes.Parked);

        Assert.Equal(new Size(1280, 720), picture.Size());
        Assert.Equal(MatType.CV_8UC3, picture.Type());
    }

    [Fact]
    public void The_same_scene_looks_the_same_to_the_pixel_whatever_was_rendered_before()
    {
        using var otherRenderer = new SceneRenderer(_plates, seed: 1);
        using var before = otherRenderer.Render(Scenes.Empty);
        using var one = _renderer.Render(Scenes.Parked);
        using var other = otherRenderer.Render(Scenes.Parked);

        Assert.Equal(0, Difference(one, other));
    }

    [Fact]
    public void A_moment_later_only_noise_and_jitter_differ()
    {
        using var one = _renderer.Render(Scenes.Parked);
        using var next = _renderer.Render(Scenes.Parked with { At = Scenes.Monday.AddSeconds(0.2) });

        Assert.InRange(Difference(one, next), 0.5, 8);
    }

    [Fact]
    public void Another_seed_is_another_bay()
    {
        using var otherRenderer = new SceneRenderer(_plates, seed: 2);
        using var one = _renderer.Render(Scenes.Empty);
        using var other = otherRenderer.Render(Scenes.Empty);

        Assert.NotEqual(0, Difference(one, other));
    }

    [Fact]
    public void A_car_changes_the_picture_where_it_stands()
    {
        using var empty = _renderer.Render(Scenes.Empty);
        using var parked = _renderer.Render(Scenes.Parked);

        Assert.True(Difference(empty, parked) > 15);
    }

    [Fact]
    public void A_dark_bay_is_darker()
    {
        using var bright = _renderer.Render(Scenes.Parked);
        using var dark = _renderer.Render(Scenes.Parked with { Light = 0.3 });

        Assert.InRange(Mean(dark) / Mean(bright), 0.25, 0.35);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void The_plate_stands_where_its_corners_are_said_to_be(double approach)
    {
        using var renderer = new SceneRenderer(
            _plates, seed: 1, new SensorOptions { BlurPixels = 0, NoiseLevels = 0, JitterPixels = 0, Flicker = 0 });
        var scene = Scenes.Empty with { Car = Scenes.ACar(approach) };
        using var with = renderer.Render(scene);
        using var without = renderer.Render(scene with { Car = scene.Car! with { Plate = null } });
        using var difference = new Mat();
        Cv2.Absdiff(with, without, difference);
        using var grey = difference.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var changed = grey.Threshold(0, 255, ThresholdTypes.Binary);

        var plate = Cv2.BoundingRect(changed);
        var corners = SceneRenderer.PlateCorners(scene)!;
        Assert.Equal(corners.Min(corner => corner.X), plate.Left, tolerance: 2);
        Assert.Equal(corners.Max(corner => corner.X), plate.Right, tolerance: 2);
        Assert.Equal(corners.Min(corner => corner.Y), plate.Top, tolerance: 2);
        Assert.Equal(corners.Max(corner => corner.Y), plate.Bottom, tolerance: 2);
    }

    [Fact]
    public void A_plate_grows_from_some_60_to_some_200_pixels_as_the_car_drives_in()
    {
        Assert.InRange(PlateWidth(Scenes.ACar(approach: 0)), 60, 100);
        Assert.InRange(PlateWidth(Scenes.ACar(approach: 1)), 160, 220);
        Assert.InRange(PlateWidth(Scenes.ACar(approach: 1, CarEnd.Rear)), 160, 220);
    }

    [Fact]
    public void A_person_before_the_plate_hides_it()
    {
        using var renderer = new SceneRenderer(
            _plates, seed: 1, new SensorOptions { BlurPixels = 0, NoiseLevels = 0, JitterPixels = 0, Flicker = 0 });
        var corners = SceneRenderer.PlateCorners(Scenes.Parked)!;
        var centre = new Point((int)corners.Average(corner => corner.X), (int)corners.Average(corner => corner.Y));

        using var seen = renderer.Render(Scenes.Parked);
        using var hidden = renderer.Render(Scenes.Parked with { PersonAcross = 0 });
        using var beside = renderer.Render(Scenes.Parked with { PersonAcross = 1 });

        var around = new Rect(centre.X - 30, centre.Y - 10, 60, 20);
        Assert.True(Difference(seen.SubMat(around), hidden.SubMat(around)) > 20);
        Assert.Equal(0, Difference(seen.SubMat(around), beside.SubMat(around)));
    }

    [Fact]
    public void A_car_without_a_plate_has_no_corners() =>
        Assert.Null(SceneRenderer.PlateCorners(Scenes.Empty with { Car = Scenes.ACar(1) with { Plate = null } }));

    private static float PlateWidth(SceneCar car)
    {
        var corners = SceneRenderer.PlateCorners(Scenes.Empty with { Car = car })!;
        return corners[1].X - corners[0].X;
    }

    private static double Mean(Mat picture) => Cv2.Mean(picture).Val1;

    private static double Difference(Mat one, Mat other)
    {
        using var difference = new Mat();
        Cv2.Absdiff(one, other, difference);
        var mean = Cv2.Mean(difference);
        return (mean.Val0 + mean.Val1 + mean.Val2) / 3;
    }
}
