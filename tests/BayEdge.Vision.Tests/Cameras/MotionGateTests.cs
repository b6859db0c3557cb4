using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class MotionGateTests : IDisposable
{
    private readonly MotionGate _gate = new(new PictureZones(
    [
        CameraBench.Zone("left", (0, 0), (0.5, 0), (0.5, 1), (0, 1)),
        CameraBench.Zone("right", (0.5, 0), (1, 0), (1, 1), (0.5, 1)),
    ]));

    private TimeSpan _interval = TimeSpan.FromSeconds(0.25);
    private TimeSpan _at;

    [Fact]
    public void A_car_moves_only_in_the_zone_that_it_crosses()
    {
        Look(CameraBench.Picture(x: 20));

        Assert.Equal([true, false], Look(CameraBench.Picture(x: 60)));
    }

    [Fact]
    public void A_parked_car_fades_within_a_few_seconds()
    {
        Look(CameraBench.Picture(x: 20));
        Assert.Equal([true, false], Look(CameraBench.Picture(x: 60)));
        for (var i = 0; i < 20; i++)
            Look(CameraBench.Picture(x: 60));

        Assert.Equal([false, false], Look(CameraBench.Picture(x: 60)));
    }

    [Fact]
    public void A_creeping_car_shows()
    {
        Look(CameraBench.Picture(x: 20));
        var moving = Enumerable.Range(1, 20).Select(step => Look(CameraBench.Picture(x: 20 + step))[0]).ToList();

        Assert.Equal(17, moving.Skip(3).Count(shows => shows));
    }

    [Fact]
    public void A_creeping_car_shows_before_a_fast_camera_as_well()
    {
        _interval = TimeSpan.FromSeconds(1 / 16.0);
        Look(CameraBench.Picture(x: 20));
        var moving = Enumerable.Range(1, 80).Select(step => Look(CameraBench.Picture(x: 20 + (step / 4)))[0]).ToList();

        Assert.Equal(60, moving.Skip(20).Count(shows => shows));
    }

    [Fact]
    public void A_lamp_that_is_switched_on_is_not_motion()
    {
        var dark = CameraBench.Picture();
        Cv2.Subtract(dark, Scalar.All(60), dark);
        Look(dark);
        var bright = CameraBench.Picture();
        Cv2.Subtract(bright, Scalar.All(30), bright);

        Assert.Equal([false, false], Look(bright));
    }

    [Fact]
    public void A_noisy_night_picture_is_not_motion()
    {
        for (var i = 0; i < 20; i++)
        {
            var moving = Look(Noisy(seed: i));
            Assert.Equal(i == 0, moving[0]);
        }
    }

    [Fact]
    public void A_camera_that_changes_its_resolution_has_not_moved()
    {
        Look(CameraBench.Picture(x: 40));
        using var picture = CameraBench.Picture(x: 40);
        var larger = new Mat();
        Cv2.Resize(picture, larger, new Size(1280, 960));

        Assert.Equal([false, false], Look(larger));
    }

    public void Dispose() => _gate.Dispose();

    private bool[] Look(Mat picture)
    {
        _at += _interval;
        using (picture)
            return _gate.Look(picture, _at);
    }

    private static Mat Noisy(int seed)
    {
        using var noise = new Mat(720, 1280, MatType.CV_16SC3);
        var random = new RNG((ulong)seed + 1);
        random.Fill(noise, DistributionType.Normal, Scalar.All(40), Scalar.All(20));
        var picture = new Mat();
        noise.ConvertTo(picture, MatType.CV_8UC3);
        return picture;
    }
}
