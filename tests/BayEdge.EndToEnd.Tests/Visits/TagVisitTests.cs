using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Visits;

/// <summary>The whole path with Debian's Mosquitto and a reader over LLRP, in real time.</summary>
public sealed class TagVisitTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    // The tag alone shows that the vehicle has gone, so the device waits for minutes.
    [Fact(Timeout = 900_000)]
    public async Task A_tagged_vehicle_that_comes_and_goes_is_confirmed_by_the_central_system_with_the_times_of_the_vehicle()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var wire = await WireTap.ConnectAsync(broker);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url });

        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        var entered = await central.WaitForAsync(EventTypes.VehicleEntered);
        await vehicle.LeaveAsync();
        var left = await central.WaitForAsync(EventTypes.VehicleLeft);

        Assert.Equal([entered.Id, left.Id], central.Events.Select(e => e.Id));
        Assert.Equal(entered.Data.VisitId, left.Data.VisitId);
        Assert.Equal(("bay-01", "WO-1001"), (entered.Data.Bay, entered.Data.Vehicle.Ref));
        Assert.Equal([TaggedVehicle.Tag], entered.Data.Vehicle.Tags);
        Assert.Equal(vehicle.FirstRead, entered.Time, Tolerance);
        Assert.Equal(vehicle.LastRead, left.Time, Tolerance);
        Assert.Equal((vehicle.LastRead - vehicle.FirstRead).TotalSeconds, left.Data.OccupiedSeconds!.Value, 1.0);

        AssertNeighboursWereTold(wire);
        await AssertRetainedAsync(broker);
        Assert.Equal(0, await device.StopAsync());
        var (exitCode, summary) = await central.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.Equal(
            """{"events":2,"duplicates":0,"gaps":0,"missing":0,"malformed":0,"visits":1}""", summary.GetRawText());
        await wire.WaitForAsync(WireTap.StatusTopic, status => status.GetProperty("state").GetString() == "offline", "the farewell");
        Assert.All(wire.Messages, message => ContractSchemas.AssertValid(message.Topic, message.Payload));
    }

    private static void AssertNeighboursWereTold(WireTap wire)
    {
        var reports = wire.Messages
            .Where(message => message.Topic == Topics.Neighbours(DeviceConfiguration.Site))
            .Select(message => JsonSerializer.Deserialize(message.Payload, ContractsJson.Wire.NeighbourReport)!)
            .ToList();
        Assert.Contains(reports, report => report.Tags is [{ Tag: TaggedVehicle.Tag, Bay: "bay-01", StrongestRssiDbm: -55, Visiting: true }]);
        Assert.Equal(reports.Select(report => report.Number).Distinct().Order(), reports.Select(report => report.Number));
    }

    /// <summary>Who connects only now learns that the bay is empty, the device online and nothing left to send.</summary>
    private static async Task AssertRetainedAsync(MosquittoBroker broker)
    {
        await using var late = await WireTap.ConnectAsync(broker);
        await late.WaitForAsync(
            Topics.BayState(DeviceConfiguration.Site, DeviceConfiguration.Device, "bay-01"),
            bay => bay.GetProperty("state").GetString() == "vacant",
            "a vacant bay");
        await late.WaitForAsync(
            WireTap.StatusTopic,
            status => status.GetProperty("state").GetString() == "online"
                && status.GetProperty("backlog").GetInt64() == 0 && status.GetProperty("lastSequence").GetInt64() == 2,
            "an online device with an empty outbox");
        var health = await late.WaitForAsync(WireTap.HealthTopic, _ => true, "the device's health");
        Assert.True(health.GetProperty("sources")[0].GetProperty("up").GetBoolean());
    }
}
