using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Visits;

public sealed class VideoVisitTests
{
    // The plate alone shows that the car has gone, so the device waits for minutes.
    [Fact(Timeout = 900_000)]
    public async Task A_car_that_drives_up_to_the_camera_is_one_visit_of_its_plate()
    {
        using var folder = new TemporaryFolder();
        var video = await SlowedDownAsync(SharedData.Require("video", "plate-approach.mp4"), folder.File("approach.mp4"));
        await using var broker = await Mosquitto.StartAsync();
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Camera = video, PlateRegion = "eu", Broker = broker.Url });

        var left = await central.WaitForAsync(EventTypes.VehicleLeft);

        Assert.Equal("LS15EBC", left.Data.Vehicle.Plate);
        Assert.Single(central.Events, e => e.Type == EventTypes.VehicleEntered);
        Assert.Single(central.Events, e => e.Type == EventTypes.VehicleLeft);
        Assert.All(central.Events, e => Assert.Equal(left.Data.VisitId, e.Data.VisitId));
        Assert.Equal(0, await device.StopAsync());
    }

    // As slowly as one drives into a bay: so the plate is read more than once or twice on a busy machine, too.
    private static async Task<string> SlowedDownAsync(string video, string slow)
    {
        var (exitCode, output) = await ToolProcess.RunAsync(
            "ffmpeg", ["-v", "error", "-i", video, "-an", "-vf", "setpts=6*PTS", "-r", "5", slow], TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output);
        return slow;
    }
}
