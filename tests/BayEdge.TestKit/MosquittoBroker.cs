using System.Net.NetworkInformation;
using Xunit;

namespace BayEdge.TestKit;

/// <summary>Debian's Mosquitto on a loopback port of its own.</summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ToolProcess? _process;

    private MosquittoBroker(int port) => Port = port;

    public int Port { get; }

    public string Url => $"mqtt://127.0.0.1:{Port}";

    /// <summary>The folder of its configuration and, when the configuration asks for it, its persistence.</summary>
    public string Folder => _folder.Path;

    /// <summary>Its log since it was last started.</summary>
    public string Log => _process?.Output ?? "";

    /// <summary>Starts it; skips the test where it is not installed.</summary>
    /// <param name="extraConfiguration">Lines of mosquitto.conf, added after listener and anonymous access.</param>
    public static Task<MosquittoBroker> StartAsync(CancellationToken cancellationToken, string extraConfiguration = "") => StartAsync(
        (port, _) => Task.FromResult($"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\n{extraConfiguration}\n"), cancellationToken);

    /// <param name="configure">Makes the whole mosquitto.conf for a port, and whatever else it needs in the broker's folder.</param>
    /// <param name="port">Any free one when null.</param>
    public static async Task<MosquittoBroker> StartAsync(
        Func<int, TemporaryFolder, Task<string>> configure, CancellationToken cancellationToken, int? port = null)
    {
        Assert.SkipWhen(FindProgram() is null, "Mosquitto is not installed; install Debian's package mosquitto.");
        var broker = new MosquittoBroker(port ?? LoopbackPorts.Free());
        var configuration = await configure(broker.Port, broker._folder);
        await File.WriteAllTextAsync(broker._folder.File("mosquitto.conf"), configuration, cancellationToken);
        await broker.RestartAsync(cancellationToken);
        return broker;
    }

    /// <summary>Starts the broker again on the same port, after <see cref="KillAsync"/> or at first.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        _process = ToolProcess.Start(FindProgram()!, "-c", _folder.File("mosquitto.conf"));
        while (!IsListening())
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"Mosquitto ended at once:\n{_process.Output}");
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Kills the broker as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Freezes the broker: its connections stay open and nothing answers.</summary>
    public void Freeze() => _process?.Signal("STOP");

    public void Thaw() => _process?.Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    // Debian puts it where an ordinary user's path does not lead.
    private static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "mosquitto"))
        .FirstOrDefault(File.Exists);

    // The kernel is asked, not the port: a test may drop every packet to it at the moment.
    private bool IsListening() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == Port);
}
