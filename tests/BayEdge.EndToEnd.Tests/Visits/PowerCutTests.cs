using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;

namespace BayEdge.EndToEnd.Tests.Visits;

public sealed class PowerCutTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    // The tag alone shows that the vehicle has gone, so the device waits for minutes.
    [Fact(Timeout = 900_000)]
    public async Task A_device_that_is_killed_in_the_middle_of_a_visit_goes_on_with_it()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url });
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        var entered = await central.WaitForAsync(EventTypes.VehicleEntered);

        await device.KillAsync();
        await broker.RestartAsync(TestContext.Current.CancellationToken);
        await device.StartAsync();
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        await device.WaitForStatusAsync(status => status.GetProperty("sources")[0].GetProperty("sightings").GetInt64() > 0, "a read after the start");
        await vehicle.LeaveAsync();
        var left = await central.WaitForAsync(EventTypes.VehicleLeft);

        Assert.Equal([EventTypes.VehicleEntered, EventTypes.VehicleLeft], central.Events.Select(e => e.Type));
        Assert.Equal(entered.Data.VisitId, left.Data.VisitId);
        Assert.Equal(entered.Time, left.Data.EnteredAt);
        Assert.Equal(vehicle.LastRead, left.Time, Tolerance);
        var (exitCode, summary) = await central.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.Equal((2, 0, 1), (Count("events"), Count("gaps"), Count("visits")));

        int Count(string what) => summary.GetProperty(what).GetInt32();
    }
}
