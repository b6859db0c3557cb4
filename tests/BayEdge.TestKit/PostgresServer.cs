namespace BayEdge.TestKit;

/// <summary>Debian's PostgreSQL on a loopback port of its own, run by an ordinary user as it demands.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "bayedge";
    private const string OrdinaryUser = "postgres";

    private readonly TemporaryFolder _folder = new();
    private ToolProcess? _process;

    private PostgresServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>Why it cannot be started here; null when it can.</summary>
    public static string? Absence =>
        Programs is null ? "PostgreSQL is not installed; install Debian's package postgresql." : null;

    private static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new PostgresServer(LoopbackPorts.Free());
        if (Environment.UserName == "root")
            await RunAsync("chown", [OrdinaryUser, server._folder.Path], cancellationToken);
        await RunAsOrdinaryAsync(
            "initdb", ["-D", server._folder.File("data"), "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], cancellationToken);
        await server.RestartAsync(cancellationToken);
        return server;
    }

    /// <summary>Makes an empty database and says where it is.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"ledger{Guid.NewGuid():N}";
        await RunAsync(Program("createdb"), ["-h", "127.0.0.1", "-p", $"{Port}", "-U", User, name], cancellationToken);
        return $"postgres://{User}@127.0.0.1:{Port}/{name}";
    }

    /// <summary>Starts the server again on the same port, after <see cref="KillAsync"/> or at first.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        var (program, arguments) = AsOrdinary(
            "postgres", ["-D", _folder.File("data"), "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        for (var isReady = false; !isReady;)
        {
            _process = ToolProcess.Start(program, [.. arguments]);
            isReady = await IsReadyAsync(_process, cancellationToken);
        }
    }

    /// <summary>Kills the server as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    // After a kill the server's children end a moment later than itself, and until then it does not start again.
    private static async Task<bool> IsReadyAsync(ToolProcess process, CancellationToken cancellationToken)
    {
        const string Ready = "ready to accept connections";
        string[] tooSoon = ["lock file", "still in use"];
        var line = await process.WaitForLineAsync(
            line => line.Contains(Ready, StringComparison.Ordinal) || tooSoon.Any(words => line.Contains(words, StringComparison.Ordinal)),
            cancellationToken);
        if (line.Contains(Ready, StringComparison.Ordinal))
            return true;

        await process.DisposeAsync();
        await Task.Delay(50, cancellationToken);
        return false;
    }

    private static string Program(string name) => Path.Combine(Programs ?? throw new InvalidOperationException(Absence), name);

    private static (string Program, IEnumerable<string> Arguments) AsOrdinary(string program, IEnumerable<string> arguments) =>
        Environment.UserName == "root" ? ("setpriv", ["--reuid", OrdinaryUser, "--regid", OrdinaryUser, "--clear-groups", Program(program), .. arguments]) : (Program(program), arguments);

    private static Task RunAsOrdinaryAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (name, all) = AsOrdinary(program, arguments);
        return RunAsync(name, all, cancellationToken);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ToolProcess.RunAsync(program, arguments, cancellationToken);
        if (exitCode != 0)
            throw new InvalidOperationException($"{program} ended with {exitCode}:\n{output}");
    }
}
