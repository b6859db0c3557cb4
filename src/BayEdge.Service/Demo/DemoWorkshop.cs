using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Readers;
using BayEdge.Simulator.Time;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Service.Demo;

/// <summary>The simulated devices of the demo, and the vehicles that they see.</summary>
internal sealed class DemoWorkshop : IAsyncDisposable
{
    private const int Seed = 1;

    private readonly Dictionary<string, SimulatedLlrpReader> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MjpegCamera> _cameras = new(StringComparer.Ordinal);
    private readonly List<SceneRenderer> _renderers = [];
    private readonly PlateRenderer _plates = new();

    private DemoWorkshop(WorkshopScript script, AcceleratedTimeProvider clock, TimeProvider time)
    {
        Script = script;
        foreach (var id in script.Bays.Select(bay => bay.Reader).Distinct())
            _readers[id] = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), clock);
        Runner = new WorkshopRunner(
            script,
            new WorkshopSignals(script, Seed),
            _readers.ToDictionary(reader => reader.Key, reader => (ITagReadSink)new ReaderSink(reader.Value), StringComparer.Ordinal),
            clock);
        foreach (var bay in script.Bays.Where(bay => bay.Camera is not null))
        {
            var renderer = new SceneRenderer(_plates, Seed);
            _renderers.Add(renderer);
            _cameras[bay.Camera!] = MjpegCamera.Start(bay.Camera!, renderer, () => Runner.CurrentScene(bay.Id), time);
        }
    }

    public WorkshopScript Script { get; }

    public WorkshopRunner Runner { get; }

    public IReadOnlyDictionary<string, string> ReaderAddresses =>
        _readers.ToDictionary(reader => reader.Key, reader => reader.Value.Address, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Uri> CameraUrls =>
        _cameras.ToDictionary(camera => camera.Key, camera => camera.Value.Url, StringComparer.Ordinal);

    public static DemoWorkshop Start(AcceleratedTimeProvider clock, TimeProvider time, TimeSpan firstArrival) => new(
        WorkshopScript.Generate(new WorkshopOptions { Bays = 3, Cameras = 1, FirstArrival = firstArrival }, clock.GetUtcNow()),
        clock,
        time);

    public async ValueTask DisposeAsync()
    {
        foreach (var camera in _cameras.Values)
            await camera.DisposeAsync();
        foreach (var reader in _readers.Values)
            await reader.DisposeAsync();
        foreach (var renderer in _renderers)
            renderer.Dispose();
    }

    private sealed class ReaderSink(SimulatedLlrpReader reader) : ITagReadSink
    {
        public void Report(int antenna, string epcHex, double rssiDbm, int count, DateTimeOffset lastSeen) =>
            reader.Report(antenna, epcHex, rssiDbm, count, lastSeen);
    }
}
