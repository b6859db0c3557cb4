using System.Text.Json.Nodes;
using BayEdge.Simulator.Readers;
using BayEdge.Simulator.Readers.ImpinjIot;
using BayEdge.Simulator.Readers.Serial;
using BayEdge.TestKit;

namespace BayEdge.Benchmarks.Readers;

/// <summary>A simulated reader that is taken away and comes back at the same address, or under the same name of its adapter.</summary>
/// <param name="settings">Of its driver.</param>
/// <param name="start">Gives what is to be disposed to take the reader away, the last first.</param>
internal sealed class ReturningReader(JsonObject settings, Func<Task<IReadOnlyList<IAsyncDisposable>>> start) : IAsyncDisposable
{
    private IReadOnlyList<IAsyncDisposable> _parts = [];

    public JsonObject Settings => settings;

    public string Id => (string)settings["id"]!;

    /// <summary>One of each driver whose connection this side makes.</summary>
    /// <param name="folder">Where the names of the serial adapters are.</param>
    public static IReadOnlyList<ReturningReader> All(string folder, TimeProvider time)
    {
        var (llrp, impinj) = (LoopbackPorts.Free(), LoopbackPorts.Free());
        return
        [
            new(Of("llrp", ("address", $"127.0.0.1:{llrp}")), () => Alone(SimulatedLlrpReader.Start(new SimulatedReaderOptions { Port = llrp }, time))),
            new(
                Of("impinj-iot", ("address", $"127.0.0.1:{impinj}"), ("tls", false)), () => Alone(SimulatedImpinjIot.Start(impinj, time))),
            Serial("r200", folder, () => SimulatedR200.Start(new SimulatedR200Options(), time)),
            Serial("mercury", folder, () => SimulatedMercury.Start(new SimulatedMercuryOptions(), time)),
            Serial("chafon", folder, () => SimulatedChafon.Start(new SimulatedChafonOptions(), time)),
        ];
    }

    public async Task ReturnAsync() => _parts = await start();

    public async Task LeaveAsync()
    {
        foreach (var part in _parts.Reverse())
            await part.DisposeAsync();
        _parts = [];
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();

    private static ReturningReader Serial(string driver, string folder, Func<SimulatedSerialModule> start)
    {
        var name = Path.Combine(folder, $"usb-{driver}");
        return new ReturningReader(Of(driver, ("port", name)), async () =>
        {
            var module = start();
            var terminal = await PseudoTerminal.TieToAsync(module, CancellationToken.None);
            return [module, terminal, new AdapterName(name, terminal.Path)];
        });
    }

    private static JsonObject Of(string driver, params (string Key, JsonNode Value)[] settings)
    {
        var all = new JsonObject { ["id"] = driver, ["driver"] = driver };
        foreach (var (key, value) in settings)
            all[key] = value;
        return all;
    }

    private static Task<IReadOnlyList<IAsyncDisposable>> Alone(IAsyncDisposable reader) => Task.FromResult<IReadOnlyList<IAsyncDisposable>>([reader]);

    /// <summary>The lasting name of an adapter, which the system takes away with it.</summary>
    private sealed class AdapterName : IAsyncDisposable
    {
        private readonly string _name;

        public AdapterName(string name, string port)
        {
            _name = name;
            File.CreateSymbolicLink(name, port);
        }

        public ValueTask DisposeAsync()
        {
            File.Delete(_name);
            return ValueTask.CompletedTask;
        }
    }
}
