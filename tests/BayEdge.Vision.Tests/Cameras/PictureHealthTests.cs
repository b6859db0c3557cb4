using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class PictureHealthTests
{
    private readonly PictureHealth _health = new(new PictureHealthOptions());
    private readonly Random _random = new(7);
    private double _second;

    [Fact]
    public void A_still_bay_under_a_sensors_noise_is_good_for_as_long_as_one_looks() =>
        Assert.All(Show(seconds: 300, () => Noisy(grey: 90)), state => Assert.Equal(PictureState.Good, state));

    [Fact]
    public void A_picture_that_stays_the_same_for_a_minute_is_frozen_though_its_clock_runs()
    {
        using var stuck = Noisy(grey: 90);
        var tick = 0;

        var states = Show(seconds: 65, () => WithClock(stuck.Clone(), tick++));

        Assert.All(states.Take(59 * 4), state => Assert.Equal(PictureState.Good, state));
        Assert.Equal(PictureState.Frozen, states[^1]);
    }

    [Fact]
    public void A_camera_that_comes_back_with_the_same_picture_is_still_frozen_and_with_another_one_it_is_not()
    {
        using var stuck = Noisy(grey: 90);
        Show(seconds: 65, stuck.Clone);
        _second += 30;

        Assert.Equal(PictureState.Frozen, Show(seconds: 0.25, stuck.Clone)[0]);
        Assert.Equal(PictureState.Good, Show(seconds: 0.25, () => Noisy(grey: 90))[0]);
    }

    [Fact]
    public void A_covered_lens_is_black_after_half_a_minute_and_good_at_once_when_uncovered()
    {
        var states = Show(seconds: 35, () => WithClock(Noisy(grey: 4), 1));

        Assert.All(states.Take(29 * 4), state => Assert.Equal(PictureState.Dark, state));
        Assert.Equal(PictureState.Black, states[^1]);
        Assert.Equal(PictureState.Good, Show(seconds: 0.25, () => Noisy(grey: 90))[0]);
    }

    [Fact]
    public void A_bay_by_the_light_of_one_lamp_is_not_black() => Assert.All(Show(seconds: 60, () =>
    {
        var picture = Noisy(grey: 10);
        Cv2.Circle(picture, new Point(160, 60), 30, Scalar.All(120), thickness: -1);
        return picture;
    }), state => Assert.Equal(PictureState.Good, state));

    private List<PictureState> Show(double seconds, Func<Mat> next)
    {
        var states = new List<PictureState>();
        for (var frame = 0; frame < seconds * 4; frame++, _second += 0.25)
        {
            using var picture = next();
            states.Add(_health.Look(picture, TimeSpan.FromSeconds(_second)));
        }

        return states;
    }

    private Mat Noisy(int grey)
    {
        var picture = new Mat(240, 320, MatType.CV_8UC3);
        var bytes = new byte[240 * 320 * 3];
        _random.NextBytes(bytes);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Max(0, grey + (bytes[i] % 7) - 3);
        System.Runtime.InteropServices.Marshal.Copy(bytes, 0, picture.Data, bytes.Length);
        return picture;
    }

    private static Mat WithClock(Mat picture, int tick)
    {
        Cv2.PutText(picture, $"08:15:{tick % 60:00}", new Point(4, 14), HersheyFonts.HersheySimplex, 0.4, Scalar.White);
        return picture;
    }
}
