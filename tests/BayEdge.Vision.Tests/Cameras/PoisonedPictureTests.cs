using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class PoisonedPictureTests
{
    private const int Limit = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_picture_that_breaks_the_libraries_is_skipped_and_said_once()
    {
        await using var camera = new MjpegServer();
        var pictures = 0;
        using var reader = new ScriptedReader(_ => Interlocked.Increment(ref pictures) % 3 == 2 ? throw new InvalidOperationException("poison") : [CameraBench.Reading("沪AD12345")]);
        var log = new ListLogger();
        using var driver = CameraBench.Driver(reader, logger: log);
        var sink = new RecordingSink();

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url(), ("framesPerSecond", "15"))), sink, Cancellation);
        for (var sighting = 0; sighting < 5; sighting++)
            Assert.Equal("沪AD12345", (await sink.NextAsync(Cancellation)).Text);

        Assert.False(running.Session.IsCompleted);
        Assert.Single(log.Lines, line => line.Contains("poison", StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task When_every_picture_breaks_them_the_camera_is_down_with_the_reason()
    {
        await using var camera = new MjpegServer();
        using var reader = new ScriptedReader(_ => throw new InvalidOperationException("poison"));
        using var driver = CameraBench.Driver(reader);

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url(), ("framesPerSecond", "15"))), new RecordingSink(), Cancellation);
        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => running.Session);

        Assert.Contains("30 pictures in a row", fault.Message, StringComparison.Ordinal);
        Assert.Contains("poison", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_cannot_be_loaded_anew_is_told_as_such_and_not_as_a_fault_of_the_pictures()
    {
        await using var camera = new MjpegServer();
        using var reader = new ScriptedReader(CameraBench.Reading("沪AD12345"));
        var loads = 0;
        using var driver = new StreamDriver(
            () => Interlocked.Increment(ref loads) == 1 ? reader : throw new PlateModelException("The network file det.onnx is missing."), TimeProvider.System, new ListLogger());
        var sink = new RecordingSink();

        await using var running = new RunningSource(driver.Create(CameraBench.Camera(camera.Url(), ("framesPerSecond", "15"))), sink, Cancellation);
        await sink.NextAsync(Cancellation);
        driver.RenewReader();
        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => running.Session);

        Assert.Equal("Plates cannot be read: The network file det.onnx is missing.", fault.Message);
    }
}
