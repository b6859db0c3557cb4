using BayEdge.Central;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Service.Hosting;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Serilog.Events;

namespace BayEdge.Web.Tests.Setup;

/// <summary>A workshop with two bays before anything is installed: a reader, a camera at the first bay, a broker, a central system, and a device fresh from its box.</summary>
internal sealed class SetupWorkshop : IAsyncDisposable
{
    public const string ClaimCode = "7K2QM-4XW9P";
    public const string Tag = "E28068940000501234567890";

    /// <summary>While a vehicle stands in a bay and leaves it, the bays live this much faster than the installer.</summary>
    public const double Speed = 6;

    private const int Seed = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly PlateRenderer _plates = new();
    private readonly SceneRenderer _renderer;
    private readonly MjpegCamera _camera;
    private readonly MosquittoBroker _broker;
    private readonly CentralLedger _ledger = CentralLedger.Open(null);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _central;
    private readonly WebApplication _service;
    private volatile SceneCar? _car;

    private SetupWorkshop(MosquittoBroker broker)
    {
        _broker = broker;
        Cable = new NetworkCable(broker.Port);
        Reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { AntennaPorts = 2 }, Clock);
        _renderer = new SceneRenderer(_plates, Seed);
        _camera = MjpegCamera.Start("cam", _renderer, () => new BayScene(Clock.GetUtcNow()) { Car = _car }, TimeProvider.System);
        File.WriteAllText(_folder.File("claim-code"), ClaimCode);
        _service = Build();
        _central = new CentralConsumer(new CentralOptions { Broker = AddressOf(broker) }, _ledger, new QuietCentral(), TimeProvider.System).RunAsync(_stop.Token);
    }

    public WorkshopClock Clock { get; } = new();

    public SimulatedLlrpReader Reader { get; }

    public PlateNumber Plate { get; } = new(PlateKind.ChinaGreenSmall, "沪AD12345");

    /// <summary>Only the device hangs on it; the central system does not notice that it is pulled.</summary>
    public NetworkCable Cable { get; }

    public string BrokerUrl => $"mqtt://127.0.0.1:{Cable.Port}";

    public Uri CameraUrl => _camera.Url;

    public Uri Page => new(_service.Urls.First());

    public static async Task<SetupWorkshop> OpenAsync(CancellationToken cancellationToken)
    {
        var workshop = new SetupWorkshop(await MosquittoBroker.StartAsync(cancellationToken));
        await workshop._service.StartAsync(cancellationToken);
        return workshop;
    }

    /// <summary>What is retained at the broker under a topic.</summary>
    public Task<string> RetainedAsync(string topic, CancellationToken cancellationToken) => RetainedMessage.ReadAsync(_broker, topic, cancellationToken);

    /// <summary>A vehicle drives into the first or second bay: its tag is heard, and at the first bay its plate stands in the picture.</summary>
    public WalkedVehicle DriveIn(int bay)
    {
        if (bay == 1)
            ShowCar();
        return new WalkedVehicle(this, CrossedAntenna(bay), () => _car = null);
    }

    /// <summary>Whoever laid the cables plugged the antenna of each bay into the other's port.</summary>
    public static int CrossedAntenna(int bay) => 3 - bay;

    public void ShowCar() => _car = new SceneCar(1, CarEnd.Front, Look: 4) { Plate = Plate };

    public void HideCar() => _car = null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _service.StopAsync(CancellationToken.None);
        await _service.DisposeAsync();
        await _central.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _camera.DisposeAsync();
        _renderer.Dispose();
        _plates.Dispose();
        await Reader.DisposeAsync();
        Cable.Dispose();
        await _broker.DisposeAsync();
        _ledger.Dispose();
        _stop.Dispose();
        Clock.Dispose();
        _folder.Dispose();
    }

    private WebApplication Build() => PageHost.Build(new PageHostOptions
    {
        Configuration = new FileInfo(_folder.File("bayedge.json")),
        Folder = new DataFolder(_folder.File("data")),
        Pages = [new Uri("http://127.0.0.1:0")],
        PagesAreGiven = true,
        ConsoleLevel = LogEventLevel.Warning,
        BayClock = Clock,
        NetworkClock = TimeProvider.System,
    });

    private static BrokerAddress AddressOf(MosquittoBroker broker) => new() { Host = "127.0.0.1", Port = broker.Port, Tls = false };

    private sealed class QuietCentral : ICentralListener;
}
