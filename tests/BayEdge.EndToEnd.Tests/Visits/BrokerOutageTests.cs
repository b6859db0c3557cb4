using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;

namespace BayEdge.EndToEnd.Tests.Visits;

public sealed class BrokerOutageTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 120_000)]
    public async Task A_vehicle_that_comes_while_the_broker_is_dead_is_told_when_it_lives_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url });
        await device.WaitForStatusAsync(status => status.GetProperty("delivery").GetProperty("connected").GetBoolean(), "a connection to the broker");

        await broker.KillAsync();
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        await device.WaitForStatusAsync(status => status.GetProperty("events").GetArrayLength() == 1, "the vehicle");
        await device.WaitForStatusAsync(status => !status.GetProperty("delivery").GetProperty("connected").GetBoolean(), "that the broker is gone");
        Assert.Empty(central.Events);
        await broker.RestartAsync(TestContext.Current.CancellationToken);

        var entered = await central.WaitForAsync(EventTypes.VehicleEntered);
        Assert.Equal(vehicle.FirstRead, entered.Time, Tolerance);
        await device.WaitForStatusAsync(status => status.GetProperty("delivery").GetProperty("confirmed").GetInt64() == 1, "the confirmation");
        Assert.Equal(0, await device.StopAsync());
        Assert.Distinct(device.Output.Split('\n').Where(line => line.Contains("No connection to the broker", StringComparison.Ordinal)).Select(Reason));
    }

    /// <summary>A line of the log without its time of day.</summary>
    private static string Reason(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
}
