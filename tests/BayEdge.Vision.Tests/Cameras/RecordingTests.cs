using BayEdge.Core.Drivers;
using BayEdge.TestKit;
using BayEdge.Vision.Cameras;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class RecordingTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ListLogger _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Limit)]
    public async Task A_car_that_drives_up_in_a_real_video_is_published_under_the_plate_that_its_readings_agree_on()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var video = SharedData.Require("video", "plate-approach.mp4");
        var frames = 0;
        using var reader = new ScriptedReader(_ => [CameraBench.Reading(frames++ == 1 ? "LS15E8C" : "LS15EBC")]);
        var sink = new RecordingSink();
        using var driver = CameraBench.Driver(reader, new FasterTime(speed: 4), _log);

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(video)), sink, cancellation);
        await PlayedOutAsync(cancellation);

        Assert.False(running.Session.IsCompleted, "a source that returns is started anew, and its video would play again");
        var sightings = sink.Taken();
        Assert.All(sightings, sighting => Assert.Equal(("cam-1", "bay-01", "LS15EBC"), (sighting.Source, sighting.Zone, sighting.Text)));
        Assert.True(sightings.Count >= 3, $"only {sightings.Count} sightings");
        Assert.Equal(sightings.OrderBy(sighting => sighting.At.Monotonic), sightings);
    }

    [Fact(Timeout = Limit)]
    public async Task A_video_that_repeats_never_ends()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var video = await MakeVideoAsync(seconds: 1);
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        var sink = new RecordingSink();
        using var driver = CameraBench.Driver(reader, new FasterTime(speed: 10), _log);

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(video, ("repeat", "true"))), sink, cancellation);
        var first = await sink.NextAsync(cancellation);
        var later = first;
        while (later.At - first.At < TimeSpan.FromSeconds(5))
            later = await sink.NextAsync(cancellation);

        Assert.False(running.Session.IsCompleted);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("played", StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_of_a_video_says_what_it_shows()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var video = await MakeVideoAsync(seconds: 1);
        using var driver = CameraBench.Driver(new ScriptedReader());

        var answer = await driver.ProbeAsync(CameraBench.Camera(video), cancellation);

        Assert.True(answer.Answered);
        Assert.Equal($"{video} gives pictures of 320x240 px, 10 a second.", answer.Summary);
        Assert.Equal(
            [new("resolution", "320x240 px"), new("frame rate", "10 1/s"), new("codec", "h264")], answer.Facts);
    }

    [Theory(Timeout = Limit)]
    [InlineData("absent.mp4", "but nothing stands there")]
    [InlineData("/dev/video99", "this computer has no such device")]
    [InlineData("text.mp4", "cannot be played")]
    [InlineData("", "found none that can be read")]
    public async Task What_is_not_there_or_no_video_is_a_sentence(string name, string says)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder.File("text.mp4"), "This is no video.", cancellation);
        using var driver = CameraBench.Driver(new ScriptedReader());
        var camera = CameraBench.Camera(Path.Combine(_folder.Path, name));

        var answer = await driver.ProbeAsync(camera, cancellation);
        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => driver.Create(camera).RunAsync(new RecordingSink(), cancellation));

        Assert.False(answer.Answered);
        Assert.Contains(says, answer.Summary, StringComparison.Ordinal);
        Assert.Equal((DeviceFaultKind.Local, answer.Summary), (fault.Kind, fault.Message));
    }

    [Fact(Timeout = Limit)]
    public async Task Broken_pictures_in_a_folder_are_skipped_with_one_sentence_for_all()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var number in Enumerable.Range(0, 6))
            WritePicture($"{number}.png");
        await File.WriteAllTextAsync(_folder.File("0a.jpg"), "no picture", cancellation);
        await File.WriteAllBytesAsync(_folder.File("3a.png"), [], cancellation);
        await File.WriteAllTextAsync(_folder.File("readme.txt"), "not even meant as one", cancellation);
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        var sink = new RecordingSink();
        using var driver = CameraBench.Driver(reader, new FasterTime(speed: 4), _log);

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(_folder.Path)), sink, cancellation);
        await PlayedOutAsync(cancellation);

        Assert.False(running.Session.IsCompleted);
        Assert.NotEmpty(sink.Taken());
        Assert.Equal(
            $"Camera cam-1: the picture 0a.jpg in {_folder.Path} cannot be read and is skipped, as are others like it.",
            Assert.Single(_log.Lines, line => line.Contains("cannot be read", StringComparison.Ordinal)));
        Assert.EndsWith("Unreadable pictures: 2; skipped: 0.", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_folder_that_holds_only_broken_pictures_is_a_fault_even_when_it_repeats()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder.File("1.jpg"), "no picture", cancellation);
        using var driver = CameraBench.Driver(new ScriptedReader());

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => driver.Create(CameraBench.Camera(_folder.Path, ("repeat", "true"))).RunAsync(new RecordingSink(), cancellation));

        Assert.Contains("found none that can be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_place_that_hangs_for_ever_is_given_up_and_hangs_one_thread_only()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var pipe = _folder.File("pipe.mp4");
        await ToolProcess.RunAsync("mkfifo", [pipe], cancellation);
        using var driver = CameraBench.Driver(new ScriptedReader());
        var source = driver.Create(CameraBench.Camera(pipe, ("openLimitSeconds", "1")));

        var first = await Assert.ThrowsAsync<DeviceFaultException>(() => source.RunAsync(new RecordingSink(), cancellation));
        var second = await Assert.ThrowsAsync<DeviceFaultException>(() => source.RunAsync(new RecordingSink(), cancellation));

        Assert.Contains("within 1 s, but none came", first.Message, StringComparison.Ordinal);
        Assert.Contains("still hangs", second.Message, StringComparison.Ordinal);

        // Lets the thread go: the pipe gets a writer and ends at once.
        await File.WriteAllTextAsync(pipe, "", cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task Missing_weights_are_a_sentence_and_the_next_attempt_tries_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        WritePicture("1.png");
        var attempts = 0;
        using var reader = new ScriptedReader();
        using var driver = new StreamDriver(
            () => attempts++ == 0 ? throw new FileNotFoundException("det.onnx is not there") : reader, new FasterTime(speed: 10), _log);
        var source = driver.Create(CameraBench.Camera(_folder.Path));
        var sink = new RecordingSink();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => source.RunAsync(sink, cancellation));
        Assert.Equal(DeviceFaultKind.Local, fault.Kind);
        Assert.Contains("weights", fault.Message, StringComparison.Ordinal);
        Assert.Contains("det.onnx is not there", fault.Message, StringComparison.Ordinal);
        Assert.False(sink.IsReady.IsCompleted);

        await using var running = new RunningSource(source, sink, cancellation);
        await sink.IsReady.WaitAsync(cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task Two_cameras_take_turns_with_one_reader()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var number in Enumerable.Range(0, 10))
            WritePicture($"{number}.png");
        var created = 0;
        using var reader = new ScriptedReader(_ =>
        {
            Thread.Sleep(5);
            return [CameraBench.Reading("沪AD12345")];
        });
        using var driver = new StreamDriver(
            () =>
            {
                created++;
                return reader;
            },
            new FasterTime(speed: 10),
            _log);
        var sinks = new[] { new RecordingSink(), new RecordingSink() };

        var camera = CameraBench.Camera(_folder.Path, ("repeat", "true"));
        await using var one = new RunningSource(driver.Create(camera), sinks[0], cancellation);
        await using var other = new RunningSource(driver.Create(camera), sinks[1], cancellation);
        foreach (var sink in sinks)
            await sink.NextAsync(cancellation);

        Assert.Equal(1, created);
    }

    private void WritePicture(string name)
    {
        using var picture = CameraBench.Picture(x: name[0] % 8 * 30);
        Assert.True(picture.SaveImage(_folder.File(name)));
    }

    private async Task<string> MakeVideoAsync(int seconds)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "The program ffmpeg is not installed.");
        var video = _folder.File("made.mp4");
        var (exitCode, output) = await ToolProcess.RunAsync(
            "ffmpeg",
            ["-v", "error", "-f", "lavfi", "-i", $"testsrc=size=320x240:rate=10:duration={seconds}", "-pix_fmt", "yuv420p", video],
            TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output);
        return video;
    }

    private async Task PlayedOutAsync(CancellationToken cancellation)
    {
        while (!_log.Lines.Any(line => line.Contains("has been played to its end", StringComparison.Ordinal)))
            await Task.Delay(20, cancellation);
    }
}
