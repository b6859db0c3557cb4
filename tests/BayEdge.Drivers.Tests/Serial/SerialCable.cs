using BayEdge.Simulator.Readers.Serial;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>A serial port of this computer, under a name that lasts, with a simulated module at its far end.</summary>
/// <remarks>The port is a pseudo terminal that socat makes; it has another number each time it is plugged in.</remarks>
internal sealed class SerialCable : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedSerialModule _module;
    private ToolProcess? _line;

    private SerialCable(SimulatedSerialModule module) => _module = module;

    /// <summary>As the configuration of the driver wants it.</summary>
    public string Path => _folder.File("usb-reader");

    public static async Task<SerialCable> PlugInAsync(SimulatedSerialModule module)
    {
        var installed = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(System.IO.Path.Combine(folder, "socat")));
        Assert.True(installed, "socat is not installed (apt-get install socat); it makes the serial port of this test.");
        var cable = new SerialCable(module);
        await cable.PlugInAsync();
        return cable;
    }

    public async Task PlugInAsync()
    {
        // ignoreeof: the port stays when the driver closes it.
        _line = ToolProcess.Start("socat", $"pty,raw,echo=0,link={Path},ignoreeof", $"TCP:127.0.0.1:{_module.Port}");
        while (!File.Exists(Path))
        {
            Assert.False(_line.HasExited, _line.Output);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async Task UnplugAsync()
    {
        if (_line is null)
            return;

        // Ended, not killed: it takes the name of the port away with it, as the system does.
        _line.Signal("TERM");
        await _line.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _line.DisposeAsync();
        _line = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_line is not null)
            await _line.DisposeAsync();
        _folder.Dispose();
    }
}
