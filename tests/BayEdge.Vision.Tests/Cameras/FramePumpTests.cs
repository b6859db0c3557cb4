using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;
using Microsoft.Extensions.Time.Testing;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class FramePumpTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Who_is_slow_gets_the_newest_picture_and_no_older_one()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var grabber = new CountingGrabber { Pictures = 20 };
        await using var pump = new FramePump(grabber, Fast, TimeProvider.System);
        await grabber.AllGrabbed.WaitAsync(cancellation);

        using var frame = await pump.NextAsync(cancellation);

        Assert.Equal(20, NumberOf(frame));
    }

    [Fact(Timeout = Limit)]
    public async Task A_recording_keeps_its_own_pace_by_the_given_clock_and_then_ends()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var grabber = new CountingGrabber { Pictures = 10, Interval = TimeSpan.FromMilliseconds(500), Location = Video };
        await using var pump = new FramePump(grabber, Fast, new FasterTime(speed: 20));
        var dates = new List<TimeSpan>();
        while (await pump.NextAsync(cancellation) is { } frame)
        {
            using (frame)
                dates.Add(frame.At.Monotonic);
        }

        Assert.True(dates[^1] - dates[0] >= TimeSpan.FromSeconds(4), $"10 pictures of half a second took {dates[^1] - dates[0]}");
    }

    [Fact(Timeout = Limit)]
    public async Task Of_a_fast_recording_only_as_many_pictures_are_looked_at_as_are_set()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var grabber = new CountingGrabber { Pictures = 100, Interval = TimeSpan.FromMilliseconds(40), Location = Video };
        await using var pump = new FramePump(grabber, CameraBench.Options("/a.mp4", ("framesPerSecond", "5")), new FasterTime(speed: 10));
        while (await pump.NextAsync(cancellation) is { } frame)
            frame.Dispose();

        Assert.Equal(20, grabber.Retrieved);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_whose_pictures_come_a_little_early_or_late_loses_none()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider();
        var jitter = new Queue<int>([0, 230, 510, 735, 1000, 1260, 1490]);
        var grabber = Camera(pictures: 7, clock, () => TimeSpan.FromMilliseconds(jitter.Dequeue()));
        await using var pump = new FramePump(grabber, CameraBench.Options("http://192.0.2.6/", ("framesPerSecond", "4")), clock);
        await grabber.AllGrabbed.WaitAsync(cancellation);

        Assert.Equal(7, grabber.Retrieved);
    }

    [Fact(Timeout = Limit)]
    public async Task Of_a_fast_camera_only_as_many_pictures_are_looked_at_as_are_set()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider();
        var number = 0;
        var grabber = Camera(pictures: 245, clock, () => TimeSpan.FromMilliseconds(40 * number++));
        await using var pump = new FramePump(grabber, CameraBench.Options("http://192.0.2.6/", ("framesPerSecond", "4")), clock);
        await grabber.AllGrabbed.WaitAsync(cancellation);

        Assert.Equal(40, grabber.Retrieved);
    }

    [Fact(Timeout = Limit)]
    public async Task A_library_that_breaks_down_is_a_fault_and_not_the_end_of_the_service()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var grabber = new CountingGrabber { Pictures = 3, Breaks = true };
        await using var pump = new FramePump(grabber, Fast, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(async () =>
        {
            while (true)
                (await pump.NextAsync(cancellation))!.Dispose();
        });

        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Contains("the library is out of sorts", fault.Message, StringComparison.Ordinal);
    }

    private static FrameLocation Video => FrameLocation.Of("/a.mp4");

    private static StreamOptions Fast => CameraBench.Options("http://192.0.2.6/", ("framesPerSecond", "10000000"));

    private static CountingGrabber Camera(int pictures, FakeTimeProvider clock, Func<TimeSpan> next)
    {
        var start = clock.GetUtcNow();
        return new CountingGrabber { Pictures = pictures, BeforeGrab = () => clock.SetUtcNow(start + next()) };
    }

    private static int NumberOf(Frame? frame) => frame!.Picture.At<Vec3b>(0, 0).Item0;
}
