using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Visits;

/// <summary>Two devices of one site whose readers hear the same tag, over Debian's Mosquitto, in real time.</summary>
public sealed class TwoDevicesTests
{
    private const string Near = "pi-01";
    private const string Far = "pi-02";
    private const double StrongDbm = -50;
    private const double WeakDbm = -68;

    // Whoever only stopped before a bay was there for less.
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(110);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public async Task A_vehicle_that_drives_from_one_devices_bay_to_the_others_is_always_in_one_bay_only()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var site = await TwoDevices.StartAsync(broker);
        await using var tag = new TagInSight((site.NearReader, StrongDbm), (site.FarReader, WeakDbm));
        await central.WaitForAsync(EventTypes.VehicleEntered);
        await Task.Delay(Stay, Cancellation);

        Assert.Equal([(Near, EventTypes.VehicleEntered)], central.Events.Select(Told));
        Assert.False(central.Events[0].Data.Provisional);
        tag.IsNowHeardBy((site.FarReader, StrongDbm), (site.NearReader, WeakDbm));

        var left = await central.WaitForAsync(EventTypes.VehicleLeft);
        await Wait.UntilAsync(() => central.Events.Count >= 3, "the vehicle in its new bay", () => central.Output);
        Assert.Equal(
            [(Near, EventTypes.VehicleEntered), (Near, EventTypes.VehicleLeft), (Far, EventTypes.VehicleEntered)],
            central.Events.Select(Told).OrderBy(told => (told.Device, told.Type)));
        var entered = central.Events.Single(e => Told(e) == (Far, EventTypes.VehicleEntered));
        Assert.Equal(central.Events[0].Data.VisitId, left.Data.VisitId);
        Assert.Equal(left.Time, entered.Time, TimeSpan.FromSeconds(20));
    }

    [Fact(Timeout = 900_000)]
    public async Task What_a_device_decides_without_the_others_is_provisional_even_after_a_restart_and_is_taken_back_when_they_know_better()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var site = await TwoDevices.StartAsync(broker);

        await broker.KillAsync();
        await site.Far.KillAsync();
        await site.Far.StartAsync();
        await site.FarReader.WaitUntilReadingAsync(Cancellation);
        await using var tag = new TagInSight((site.NearReader, StrongDbm), (site.FarReader, WeakDbm));
        foreach (var device in new[] { site.Near, site.Far })
            await device.WaitForStatusAsync(status => status.GetProperty("events").GetArrayLength() == 1, "a vehicle");
        await broker.RestartAsync(Cancellation);

        await central.WaitForAsync(EventTypes.VisitRetracted);
        await Wait.UntilAsync(() => central.Events.Count >= 3, "both comings", () => central.Output);
        Assert.Equal(
            [(Near, EventTypes.VehicleEntered), (Far, EventTypes.VehicleEntered), (Far, EventTypes.VisitRetracted)],
            central.Events.Select(Told).OrderBy(told => (told.Device, told.Type)));
        Assert.All(central.Events.Where(e => e.Type == EventTypes.VehicleEntered), entered => Assert.True(entered.Data.Provisional));
        Assert.False(central.Events.Single(e => e.Type == EventTypes.VisitRetracted).Data.Provisional);
    }

    private static (string Device, string Type) Told(CloudEvent<VisitData> told) => (told.Source.Split('/')[3], told.Type);

    /// <summary>Two running devices, each with a reader at its <c>bay-01</c>, that have heard each other.</summary>
    private sealed class TwoDevices : IAsyncDisposable
    {
        private TwoDevices(RunningDevice near, RunningDevice far, SimulatedLlrpReader nearReader, SimulatedLlrpReader farReader) =>
            (Near, Far, NearReader, FarReader) = (near, far, nearReader, farReader);

        public RunningDevice Near { get; }

        public RunningDevice Far { get; }

        public SimulatedLlrpReader NearReader { get; }

        public SimulatedLlrpReader FarReader { get; }

        public static async Task<TwoDevices> StartAsync(MosquittoBroker broker)
        {
            var (nearReader, farReader) = (StartReader(), StartReader());
            var site = new TwoDevices(
                await StartAsync(TwoDevicesTests.Near, nearReader, broker), await StartAsync(TwoDevicesTests.Far, farReader, broker), nearReader, farReader);
            await nearReader.WaitUntilReadingAsync(Cancellation);
            await farReader.WaitUntilReadingAsync(Cancellation);
            foreach (var device in new[] { site.Near, site.Far })
                await Wait.UntilAsync(() => File.Exists(Path.Combine(device.DataFolder, "has-neighbours")), "the devices to hear each other", () => device.Output);
            return site;
        }

        public async ValueTask DisposeAsync()
        {
            await Near.DisposeAsync();
            await Far.DisposeAsync();
            await NearReader.DisposeAsync();
            await FarReader.DisposeAsync();
        }

        private static SimulatedLlrpReader StartReader() => SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);

        private static Task<RunningDevice> StartAsync(string name, SimulatedLlrpReader reader, MosquittoBroker broker) =>
            RunningDevice.StartAsync(new DeviceConfiguration { Name = name, Readers = [reader.Address], Broker = broker.Url });
    }
}
