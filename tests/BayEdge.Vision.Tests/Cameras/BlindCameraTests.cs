using BayEdge.Core.Drivers;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>Cameras that send pictures and see nothing.</summary>
public sealed class BlindCameraTests
{
    private const int Limit = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_covered_camera_is_down_with_the_reason_and_was_never_said_to_be_up()
    {
        using var black = new Mat(240, 320, MatType.CV_8UC3, Scalar.All(3));
        await using var camera = new MjpegServer { Still = black };
        using var driver = CameraBench.Driver(new ScriptedReader(), new FasterTime(speed: 20));
        var sink = new RecordingSink();

        var fault = await FaultAsync(driver.Create(CameraBench.Camera(camera.Url())), sink);

        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Contains("are black", fault.Message, StringComparison.Ordinal);
        Assert.False(sink.IsReady.IsCompleted);
    }

    [Fact(Timeout = Limit)]
    public async Task A_camera_whose_picture_stands_still_is_down_and_stays_so_when_it_comes_back_with_the_same()
    {
        using var still = CameraBench.Picture(x: 100);
        await using var camera = new MjpegServer { Still = still };
        using var driver = CameraBench.Driver(new ScriptedReader(), new FasterTime(speed: 40));
        var source = driver.Create(CameraBench.Camera(camera.Url()));

        Assert.Contains("is frozen", (await FaultAsync(source, new RecordingSink())).Message, StringComparison.Ordinal);

        var again = new RecordingSink();
        Assert.Contains("is frozen", (await FaultAsync(source, again)).Message, StringComparison.Ordinal);
        Assert.False(again.IsReady.IsCompleted);
    }

    private static async Task<DeviceFaultException> FaultAsync(ISource source, ISightingSink sink)
    {
        await using var running = new RunningSource(source, sink, Cancellation);
        return await Assert.ThrowsAsync<DeviceFaultException>(() => running.Session);
    }
}
