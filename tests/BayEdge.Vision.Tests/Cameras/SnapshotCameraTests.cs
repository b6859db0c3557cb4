using System.Net;
using System.Net.Sockets;
using System.Text;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class SnapshotCameraTests
{
    private const int Limit = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_gives_one_picture_an_answer_gives_sightings_and_is_asked_no_faster_than_it_is_looked_at()
    {
        await using var camera = new SnapshotServer();
        using var driver = CameraBench.Driver(new ScriptedReader(CameraBench.Reading("沪AD12345")));
        var sink = new RecordingSink();

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url, ("framesPerSecond", "10"))), sink, Cancellation);
        var began = TimeProvider.System.GetTimestamp();
        var asked = camera.Asked;
        for (var sighting = 0; sighting < 3; sighting++)
            Assert.Equal("沪AD12345", (await sink.NextAsync(Cancellation)).Text);

        Assert.True(camera.Asked - asked <= 2 + (10 * TimeProvider.System.GetElapsedTime(began).TotalSeconds), $"{camera.Asked} pictures were asked for");
    }

    [Fact(Timeout = Limit)]
    public async Task A_busy_answer_now_and_then_does_not_lose_the_camera()
    {
        await using var camera = new SnapshotServer { Busy = number => number % 3 == 2 };
        using var driver = CameraBench.Driver(new ScriptedReader(CameraBench.Reading("沪AD12345")));
        var sink = new RecordingSink();

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url, ("framesPerSecond", "10"))), sink, Cancellation);
        while (camera.Asked < 12)
            await Task.Delay(20, Cancellation);

        Assert.False(running.Session.IsCompleted);
        Assert.Equal("沪AD12345", (await sink.NextAsync(Cancellation)).Text);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_that_is_busy_for_good_is_unreachable()
    {
        await using var camera = new SnapshotServer { Busy = number => number > 1 };

        Assert.Equal(DeviceFaultKind.Unreachable, (await FaultAsync(camera, ("readLimitSeconds", "1"), ("framesPerSecond", "10"))).Kind);
    }

    [Theory(Timeout = Limit)]
    [InlineData("1", "10")]
    [InlineData("10", "1")]
    public async Task A_camera_that_lost_its_power_is_lost_whichever_limit_is_the_shorter(string openLimit, string readLimit)
    {
        using var camera = new TcpListener(IPAddress.Loopback, 0);
        camera.Start(1);
        var url = $"http://{camera.LocalEndpoint}/snapshot.jpg";
        using var driver = CameraBench.Driver(new ScriptedReader());
        var settings = CameraBench.Camera(url, ("openLimitSeconds", openLimit), ("readLimitSeconds", readLimit), ("framesPerSecond", "1"));
        await using var running = new RunningSource(driver.Create(settings), new RecordingSink(), Cancellation);
        await AnswerAsync(camera);
        await AnswerAsync(camera);

        // Now nobody takes connections, and the queue is full: as with a camera that is gone, nothing comes back.
        var waiting = Enumerable.Range(0, 4).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        _ = waiting.ConvertAll(socket => socket.ConnectAsync(camera.LocalEndpoint, Cancellation).AsTask());
        try
        {
            var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => running.Session);
            Assert.Contains(fault.Kind, new[] { DeviceFaultKind.Unreachable, DeviceFaultKind.Lost });
        }
        finally
        {
            waiting.ForEach(socket => socket.Dispose());
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_picture_that_drips_in_is_given_up_at_the_read_limit()
    {
        await using var camera = new SnapshotServer { DripsFrom = 1 };

        var fault = await FaultAsync(camera, ("readLimitSeconds", "1"));

        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Contains("within 1 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task An_answer_of_more_bytes_than_a_picture_has_is_refused_though_it_tells_no_length()
    {
        await using var camera = new SnapshotServer { Content = new byte[SnapshotPoller.LargestPicture + 100_000], TellsLength = false };

        Assert.Contains("which is none", (await FaultAsync(camera)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded()
    {
        // A small file of 60,000 x 60,000 pixels: 10 GB when decoded.
        using var small = CameraBench.Picture();
        var bomb = small.ImEncode(".jpg");
        var frame = bomb.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        (bomb[frame + 5], bomb[frame + 6], bomb[frame + 7], bomb[frame + 8]) = (0xEA, 0x60, 0xEA, 0x60);
        await using var camera = new SnapshotServer { Content = bomb };

        var fault = await FaultAsync(camera);

        Assert.Contains("at most 16 million pixels", fault.Message, StringComparison.Ordinal);
        Assert.Contains("3600", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_login_goes_with_every_picture()
    {
        await using var camera = new SnapshotServer { Login = "admin:secret" };
        using var driver = CameraBench.Driver(new ScriptedReader());

        Assert.True((await driver.ProbeAsync(CameraBench.Camera(camera.Url, ("user", "admin"), ("password", "secret")), Cancellation)).Answered);
        Assert.False((await driver.ProbeAsync(CameraBench.Camera(camera.Url), Cancellation)).Answered);
    }

    private static async Task AnswerAsync(TcpListener camera)
    {
        using var client = await camera.AcceptTcpClientAsync(Cancellation);
        using var picture = CameraBench.Picture();
        var content = picture.ImEncode(".jpg");
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n";
        var stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1, cancellationToken: Cancellation);
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. content], Cancellation);
    }

    private static async Task<DeviceFaultException> FaultAsync(SnapshotServer camera, params (string, string)[] settings)
    {
        using var driver = CameraBench.Driver(new ScriptedReader());
        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url, settings)), new RecordingSink(), Cancellation);
        return await Assert.ThrowsAsync<DeviceFaultException>(() => running.Session);
    }
}
