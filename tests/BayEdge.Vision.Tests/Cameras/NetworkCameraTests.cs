using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.TestKit;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class NetworkCameraTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task An_http_camera_that_shows_a_plate_gives_sightings_of_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer();
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        using var driver = CameraBench.Driver(reader);
        var sink = new RecordingSink();

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url())), sink, cancellation);
        var (first, second, third) = (await sink.NextAsync(cancellation), await sink.NextAsync(cancellation), await sink.NextAsync(cancellation));

        Assert.True(sink.IsReady.IsCompletedSuccessfully);
        Assert.All([first, second, third], sighting => Assert.Equal(("cam-1", "bay-01", "沪AD12345"), (sighting.Source, sighting.Zone, sighting.Text)));
        Assert.InRange(first.Confidence, 0.3, 0.7);
        Assert.InRange(third.Confidence, 0.94, 0.96);
    }

    [Theory(Timeout = Limit)]
    [InlineData("rtsp")]
    [InlineData("folder")]
    public async Task A_picture_that_is_wider_than_it_need_be_is_made_smaller(string kind)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = RtspServer.Start(size: "1600x900");
        using var folder = new TemporaryFolder();
        using var wide = CameraBench.Picture(width: 1600, height: 900);
        wide.ImWrite(folder.File("1.png"));
        var size = new TaskCompletionSource<(int, int)>();
        using var reader = new ScriptedReader(picture =>
        {
            size.TrySetResult((picture.Width, picture.Height));
            return [];
        });
        using var driver = CameraBench.Driver(reader);

        var settings = CameraBench.Camera(kind == "rtsp" ? camera.Url : folder.Path, ("maximumWidthPx", "800"));
        await using var running = new RunningSource(driver.Create(settings), new RecordingSink(), cancellation);

        Assert.Equal((800, 450), await size.Task.WaitAsync(cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_freezes_is_lost_once_the_read_limit_has_passed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { FreezesAfter = 10 };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url(), ("readLimitSeconds", "1")), cancellation);

        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Contains(camera.Url(), fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_closes_the_stream_is_lost()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { ClosesAfter = 10 };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_where_nothing_answers_is_unreachable()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var url = $"rtsp://127.0.0.1:{LoopbackPorts.Free()}/1";

        var fault = await RunUntilFaultAsync(CameraBench.Camera(url, ("user", "admin"), ("password", "secret")), cancellation);

        Assert.Equal(DeviceFaultKind.Unreachable, fault.Kind);
        Assert.Contains(url, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_takes_the_connection_and_says_nothing_does_not_hold_up_the_others()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var mute = new MjpegServer { Mute = true };
        await using var camera = new MjpegServer();
        using var driver = CameraBench.Driver(new ScriptedReader());

        var waiting = driver.ProbeAsync(CameraBench.Camera(mute.Url(), ("openLimitSeconds", "5")), cancellation);
        var answer = await driver.ProbeAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.True(answer.Answered, answer.Summary);
        Assert.False(waiting.IsCompleted);
        var silence = await waiting;
        Assert.False(silence.Answered);
        Assert.Contains("Expected pictures from", silence.Summary, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_login_in_the_url_is_refused_by_the_check_and_by_the_running_camera()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var driver = CameraBench.Driver(new ScriptedReader());
        var camera = CameraBench.Camera("rtsp://admin:hunter2@192.0.2.6/1");

        var answer = await driver.ProbeAsync(camera, cancellation);
        var fault = await RunUntilFaultAsync(camera, cancellation);

        Assert.False(answer.Answered);
        Assert.Contains("holds a login", answer.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", answer.Summary, StringComparison.Ordinal);
        Assert.Equal((DeviceFaultKind.Local, answer.Summary), (fault.Kind, fault.Message));
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_sends_elsewhere_is_not_followed_with_its_login()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var other = new MjpegServer();
        await using var camera = new MjpegServer { RedirectsTo = other.Url() };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.Equal(DeviceFaultKind.Refused, fault.Kind);
        Assert.Contains("sends elsewhere (answer 302)", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrong_path_is_named_as_such()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { Path = "/other" };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.Equal(DeviceFaultKind.Refused, fault.Kind);
        Assert.Equal(
            $"The camera answers, but has no pictures at {camera.Url()} (answer 404). "
            + "Correct the path after the host name; the camera's manual names it.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_asks_for_a_login_gets_the_one_from_its_settings()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { Login = "admin:p@ss/w:rd" };
        using var driver = CameraBench.Driver(new ScriptedReader());

        var without = await driver.ProbeAsync(CameraBench.Camera(camera.Url()), cancellation);
        var wrong = await driver.ProbeAsync(CameraBench.Camera(camera.Url(), ("user", "admin"), ("password", "guess")), cancellation);
        var right = await driver.ProbeAsync(CameraBench.Camera(camera.Url(), ("user", "admin"), ("password", "p@ss/w:rd")), cancellation);

        Assert.Contains("none are set", without.Summary, StringComparison.Ordinal);
        Assert.Contains("refuses the user name or password", wrong.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", wrong.Summary, StringComparison.Ordinal);
        Assert.True(right.Answered, right.Summary);
        Assert.DoesNotContain("p@ss", right.Summary, StringComparison.Ordinal);
        Assert.Contains(new ProbeFact("resolution", "320x240 px"), right.Facts);
    }

    [Theory(Timeout = Limit)]
    [InlineData("tcp", "RTP/AVP/TCP")]
    [InlineData("udp", "RTP/AVP/UDP")]
    public async Task An_rtsp_camera_gives_pictures_by_the_transport_that_is_set(string transport, string asked)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = RtspServer.Start();
        using var driver = CameraBench.Driver(new ScriptedReader());

        var answer = await driver.ProbeAsync(CameraBench.Camera(camera.Url, ("transport", transport)), cancellation);

        Assert.True(answer.Answered, answer.Summary);
        Assert.Contains(new ProbeFact("resolution", "320x240 px"), answer.Facts);
        Assert.Contains(new ProbeFact("codec", "h264"), answer.Facts);
        Assert.StartsWith(asked, camera.Transport, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task An_rtsp_camera_that_asks_for_a_login_gets_the_one_from_its_settings()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = RtspServer.Start(login: "admin:it's p@ss");
        using var driver = CameraBench.Driver(new ScriptedReader());

        var without = await driver.ProbeAsync(CameraBench.Camera(camera.Url), cancellation);
        var right = await driver.ProbeAsync(CameraBench.Camera(camera.Url, ("user", "admin"), ("password", "it's p@ss")), cancellation);

        Assert.Contains("none are set", without.Summary, StringComparison.Ordinal);
        Assert.True(right.Answered, right.Summary);
    }

    [Fact(Timeout = Limit)]
    public async Task An_rtsp_camera_that_freezes_is_lost_once_the_read_limit_has_passed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = RtspServer.Start();
        using var driver = CameraBench.Driver(new ScriptedReader());
        var sink = new RecordingSink();

        var running = driver.Create(CameraBench.Camera(camera.Url, ("readLimitSeconds", "1"))).RunAsync(sink, cancellation);
        await sink.IsReady.WaitAsync(cancellation);
        camera.Freeze();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => running);
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal(
            $"Expected the next picture from {camera.Url} within 1 s, but none came. Check the camera's power and network cable.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task An_http_address_that_is_no_video_is_named_as_such()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { ContentType = "text/html" };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Contains("but it sends text/html", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_tells_no_picture_length_is_read_all_the_same()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { TellsLength = false };
        using var driver = CameraBench.Driver(new ScriptedReader());

        var answer = await driver.ProbeAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.Contains(new ProbeFact("resolution", "320x240 px"), answer.Facts);
    }

    [Fact(Timeout = Limit)]
    public async Task A_small_picture_inside_the_picture_does_not_end_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { TellsLength = false, Thumbnail = true };
        using var driver = CameraBench.Driver(new ScriptedReader());

        var answer = await driver.ProbeAsync(CameraBench.Camera(camera.Url()), cancellation);

        Assert.True(answer.Answered, answer.Summary);
        Assert.Contains(new ProbeFact("resolution", "320x240 px"), answer.Facts);
    }

    [Fact(Timeout = Limit)]
    public async Task Damaged_pictures_without_a_length_are_passed_over_until_the_next_one_begins()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { TellsLength = false, Damaged = true };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url(), ("framesPerSecond", "15")), cancellation);

        Assert.Contains("30 in a row could not be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_whose_pictures_are_all_damaged_is_refused_with_a_sentence()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var camera = new MjpegServer { Damaged = true };

        var fault = await RunUntilFaultAsync(CameraBench.Camera(camera.Url(), ("framesPerSecond", "15")), cancellation);

        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Contains("30 in a row could not be read", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<DeviceFaultException> RunUntilFaultAsync(CameraConfiguration camera, CancellationToken cancellation)
    {
        using var driver = CameraBench.Driver(new ScriptedReader());
        return await Assert.ThrowsAsync<DeviceFaultException>(
            () => driver.Create(camera).RunAsync(new RecordingSink(), cancellation));
    }
}
