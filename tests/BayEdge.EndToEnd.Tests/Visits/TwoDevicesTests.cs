using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;
using Hearing = BayEdge.EndToEnd.Tests.Running.VehicleBetweenReaders.Hearing;

namespace BayEdge.EndToEnd.Tests.Visits;

/// <summary>Two services of one site whose readers hear the same tag, with Debian's Mosquitto between them.</summary>
public sealed class TwoDevicesTests
{
    private const double OwnDbm = -52;
    private const double AcrossDbm = -70;

    // So loud that a device that knows nothing of the other takes the vehicle for its own.
    private const double PlausibleDbm = -60;

    private static readonly TimeSpan Way = TimeSpan.FromSeconds(12);

    // By then the other device would have told the vehicle as well, and a move is no mistake about where it was from the first.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(90);

    [Fact(Timeout = 400_000)]
    public async Task A_vehicle_that_moves_from_one_devices_bay_to_the_others_is_in_one_bay_at_a_time()
    {
        await using var site = await Site.StartAsync();
        await site.AssertTheyKnowEachOtherAsync();

        await using var vehicle = await VehicleBetweenReaders.ArriveAsync(site.Heard(OwnDbm, AcrossDbm));
        await site.Central.WaitForAsync(EventTypes.VehicleEntered);
        await Task.Delay(LongEnough, TestContext.Current.CancellationToken);
        Assert.Equal(["pi-01 entered"], site.Story);

        await vehicle.DriveToAsync(Way, site.Heard(AcrossDbm, OwnDbm));
        await site.WaitForAsync("pi-02 entered");
        await site.WaitForAsync("pi-01 left");
        Assert.Equal(["pi-01 entered", "pi-01 left", "pi-02 entered"], site.Story.Order());
        var (left, entered) = (site.Central.Events.Single(e => e.Type == EventTypes.VehicleLeft), site.Central.Events.Last(e => e.Type == EventTypes.VehicleEntered));
        // What the devices tell each other covers a second.
        Assert.InRange((entered.Time - left.Time).TotalSeconds, -1, Way.TotalSeconds + 3);
    }

    [Fact(Timeout = 400_000)]
    public async Task What_two_devices_tell_of_one_vehicle_while_the_broker_is_dead_is_provisional_and_one_takes_it_back()
    {
        await using var site = await Site.StartAsync();
        await site.AssertTheyKnowEachOtherAsync();

        await site.Broker.KillAsync();
        await using var vehicle = await VehicleBetweenReaders.ArriveAsync(site.Heard(OwnDbm, PlausibleDbm));
        foreach (var device in site.Devices)
            await device.WaitForStatusAsync(status => status.GetProperty("events").GetArrayLength() == 1, "the vehicle");
        await site.Broker.RestartAsync(TestContext.Current.CancellationToken);

        await site.WaitForAsync("pi-02 retracted");
        await site.WaitForAsync("pi-01 entered");
        Assert.Equal(["pi-01 entered", "pi-02 entered", "pi-02 retracted"], site.Story.Order());
        Assert.All(site.Central.Events.Where(e => e.Type == EventTypes.VehicleEntered), entered => Assert.True(entered.Data.Provisional));
    }

    private sealed record Site(
        MosquittoBroker Broker, SimulatedLlrpReader FirstReader, SimulatedLlrpReader SecondReader, ListeningCentral Central, RunningDevice First, RunningDevice Second) : IAsyncDisposable
    {
        public RunningDevice[] Devices => [First, Second];

        /// <summary>Who told what.</summary>
        public IEnumerable<string> Story => Central.Events.Select(e => $"{e.Source.Split('/')[3]} {e.Type.Split('.')[^2]}");

        public static async Task<Site> StartAsync()
        {
            var broker = await Mosquitto.StartAsync();
            var (first, second) = (Reader(), Reader());
            return new Site(broker, first, second, await ListeningCentral.StartAsync(broker), await DeviceAsync("pi-01", first), await DeviceAsync("pi-02", second));

            static SimulatedLlrpReader Reader() => SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);

            Task<RunningDevice> DeviceAsync(string name, SimulatedLlrpReader reader) =>
                RunningDevice.StartAsync(new DeviceConfiguration { Name = name, Readers = [reader.Address], Broker = broker.Url });
        }

        public Hearing[] Heard(double byFirstDbm, double bySecondDbm) => [new(FirstReader, byFirstDbm), new(SecondReader, bySecondDbm)];

        public async Task AssertTheyKnowEachOtherAsync()
        {
            foreach (var device in Devices)
                await Wait.UntilAsync(() => File.Exists(Path.Combine(device.DataFolder, "has-neighbours")), "the devices to hear each other", () => device.Output);
        }

        public Task WaitForAsync(string told) => Wait.UntilAsync(() => Story.Contains(told), $"'{told}'", () => $"{string.Join(", ", Story)}\n{First.Output}\n{Second.Output}");

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
            await Central.DisposeAsync();
            await FirstReader.DisposeAsync();
            await SecondReader.DisposeAsync();
            await Broker.DisposeAsync();
        }
    }
}
