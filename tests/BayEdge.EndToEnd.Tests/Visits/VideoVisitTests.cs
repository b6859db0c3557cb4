using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Visits;

public sealed class VideoVisitTests
{
    // That a plate read a few times is read no more says little: the device waits nearly ten minutes before it believes that the car has gone.
    [Fact(Timeout = 1_500_000)]
    public async Task A_car_that_drives_up_to_the_camera_is_one_visit_of_its_plate()
    {
        var video = SharedData.Require("video", "plate-approach.mp4");
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
}
