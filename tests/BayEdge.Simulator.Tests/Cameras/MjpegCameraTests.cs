using System.Net;
using System.Net.Sockets;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.TestKit;
using Microsoft.Extensions.Time.Testing;
using OpenCvSharp;

namespace BayEdge.Simulator.Tests.Cameras;

public sealed class MjpegCameraTests : IDisposable
{
    private readonly PlateRenderer _plates = new();
    private readonly SceneRenderer _renderer;

    public MjpegCameraTests() => _renderer = new SceneRenderer(_plates, seed: 1);

    public void Dispose()
    {
        _renderer.Dispose();
        _plates.Dispose();
    }

    // The FFmpeg inside OpenCV's .NET package is built without network, so FFmpeg's own program fetches the stream here.
    [Fact(Timeout = 60_000)]
    public async Task FFmpeg_opens_the_stream_and_OpenCV_sees_the_bay_in_it()
    {
        await using var camera = Start(() => Scenes.Parked);
        using var folder = new TemporaryFolder();
        var film = folder.File("film.mkv");

        var (exitCode, output) = await ToolProcess.RunAsync(
            "ffmpeg",
            ["-v", "error", "-i", camera.Url.ToString(), "-frames:v", "3", "-c", "copy", film],
            TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
        using var capture = new VideoCapture(film, VideoCaptureAPIs.FFMPEG);
        using var expected = _renderer.Render(Scenes.Parked);
        using var frame = new Mat();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(capture.Read(frame));
            Assert.Equal(new Size(1280, 720), frame.Size());
            Assert.InRange(Cv2.Norm(expected, frame, NormTypes.L1) / (1280 * 720 * 3), 0, 4);
        }

        Assert.False(capture.Read(frame));
    }

    [Fact(Timeout = 30_000)]
    public async Task Several_clients_get_pictures_at_once()
    {
        await using var camera = Start(() => Scenes.Empty);

        var cancellation = TestContext.Current.CancellationToken;
        var pictures = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => FirstPictureAsync(camera.Url, cancellation)));

        foreach (var jpeg in pictures)
        {
            using var picture = Cv2.ImDecode(jpeg, ImreadModes.Color);
            Assert.Equal(new Size(1280, 720), picture.Size());
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_client_beyond_the_limit_is_told_so_and_gets_in_once_another_has_left()
    {
        await using var camera = Start(() => Scenes.Empty, new MjpegCameraOptions { FramesPerSecond = 20, MaxClients = 1 });
        using var http = new HttpClient();

        using (var first = await WatchAsync(http, camera, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            using var second = await WatchAsync(http, camera, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        }

        // The camera learns that the first is gone when it next sends a picture.
        var status = HttpStatusCode.ServiceUnavailable;
        for (var attempt = 0; attempt < 100 && status != HttpStatusCode.OK; attempt++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            using var third = await WatchAsync(http, camera, TestContext.Current.CancellationToken);
            status = third.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact(Timeout = 30_000)]
    public async Task Another_path_is_not_found()
    {
        await using var camera = Start(() => Scenes.Empty);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(camera.Url, "/cam-9.mjpg"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_that_is_too_long_is_cut_off_and_others_are_served()
    {
        await using var camera = Start(() => Scenes.Empty, new MjpegCameraOptions { ClientPatience = TimeSpan.FromDays(1) });
        using var flood = new TcpClient();
        await flood.ConnectAsync(IPAddress.Loopback, camera.Url.Port, TestContext.Current.CancellationToken);
        await flood.GetStream().WriteAsync(new byte[4096], TestContext.Current.CancellationToken);

        Assert.Equal(0, await flood.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.NotEmpty(await FirstPictureAsync(camera.Url, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_client_that_asks_for_nothing_is_cut_off_when_patience_ends()
    {
        var time = new FakeTimeProvider();
        await using var camera = MjpegCamera.Start("cam-1", _renderer, () => Scenes.Empty, time);
        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, camera.Url.Port, TestContext.Current.CancellationToken);

        // The camera may take up the connection only after some of these.
        var end = silent.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask();
        for (var i = 0; i < 1000 && !end.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(11));
            await Task.WhenAny(end, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, await end);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_rendered_while_nobody_watches()
    {
        var asked = 0;
        await using var camera = Start(
            () =>
            {
                Interlocked.Increment(ref asked);
                return Scenes.Empty;
            },
            new MjpegCameraOptions { FramesPerSecond = 200 });

        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(0, Volatile.Read(ref asked));
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_ends_the_stream_of_those_who_watch()
    {
        var camera = Start(() => Scenes.Empty);
        using var http = new HttpClient();
        await using var stream = await http.GetStreamAsync(camera.Url, TestContext.Current.CancellationToken);

        await camera.DisposeAsync();
        await camera.DisposeAsync();

        await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(camera.Completion.IsCompletedSuccessfully);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_scene_that_cannot_be_rendered_ends_the_camera_with_its_reason()
    {
        await using var camera = Start(() => throw new InvalidOperationException("No scene."));
        using var http = new HttpClient();
        using var watcher = await WatchAsync(http, camera, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => camera.Completion.WaitAsync(TestContext.Current.CancellationToken));

        Assert.Equal("No scene.", error.Message);
    }

    private MjpegCamera Start(Func<BayScene> scene, MjpegCameraOptions? options = null) =>
        MjpegCamera.Start("cam-1", _renderer, scene, TimeProvider.System, options ?? new MjpegCameraOptions { FramesPerSecond = 20 });

    private static Task<HttpResponseMessage> WatchAsync(HttpClient http, MjpegCamera camera, CancellationToken cancellation) =>
        http.GetAsync(camera.Url, HttpCompletionOption.ResponseHeadersRead, cancellation);

    private static async Task<byte[]> FirstPictureAsync(Uri url, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var reader = new BinaryReader(await http.GetStreamAsync(url, cancellation));
        await Task.Yield();
        var length = 0;
        for (var line = ReadLine(reader); line.Length > 0; line = ReadLine(reader))
        {
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                length = int.Parse(line["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        }

        return reader.ReadBytes(length);
    }

    private static string ReadLine(BinaryReader reader)
    {
        var line = "";
        for (var character = reader.ReadByte(); character != '\n'; character = reader.ReadByte())
            line += (char)character;

        return line.TrimEnd('\r');
    }
}
