using System.Text.Json.Nodes;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests.Deployment;

/// <summary>Mosquitto with the very configuration of deploy/central: only its paths, its port and its user are this computer's.</summary>
internal sealed class WorkshopBroker : IAsyncDisposable
{
    private static readonly string Source = Repository.PathOf("deploy", "central");

    private readonly MosquittoBroker _broker;

    private WorkshopBroker(MosquittoBroker broker, string centralPassword, string watchPassword) =>
        (_broker, CentralPassword, WatchPassword) = (broker, centralPassword, watchPassword);

    public int Port => _broker.Port;

    public string Url => $"mqtts://127.0.0.1:{Port}";

    public string Authority => Path.Combine(_broker.Folder, "ca.crt");

    public string CentralPassword { get; }

    public string WatchPassword { get; }

    public static async Task<WorkshopBroker> StartAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/mosquitto"), "Mosquitto is not installed; install Debian's package mosquitto.");
        string central = "", watch = "";
        var broker = await MosquittoBroker.StartAsync(
            async (port, folder) =>
            {
                await RunAsync("make-certificates.sh", cancellationToken, folder.Path, "127.0.0.1");
                File.Copy(Path.Combine(Source, "mosquitto", "acl"), folder.File("acl"));
                central = (await RunAsync("mosquitto/add-central.sh", cancellationToken, "central", folder.Path)).Trim();
                watch = (await RunAsync("mosquitto/add-central.sh", cancellationToken, "watch", folder.Path)).Trim();
                Directory.CreateDirectory(folder.File("data"));
                return Here(await File.ReadAllTextAsync(Path.Combine(Source, "mosquitto", "mosquitto.conf"), cancellationToken), port, folder);
            },
            cancellationToken);
        return new WorkshopBroker(broker, central, watch);
    }

    /// <summary>Lets a device in by the script and gives its credentials.</summary>
    public async Task<(string User, string Password)> AddDeviceAsync(string site, string device, CancellationToken cancellationToken)
    {
        var printed = await RunAsync("mosquitto/add-device.sh", cancellationToken, site, device, _broker.Folder);
        await _broker.RestartAsync(cancellationToken);
        var secrets = JsonNode.Parse(printed)!;
        return ((string)secrets["mqttUser"]!, (string)secrets["mqttPassword"]!);
    }

    public async Task RemoveDeviceAsync(string site, string device, CancellationToken cancellationToken)
    {
        await RunAsync("mosquitto/remove-device.sh", cancellationToken, site, device, _broker.Folder);
        await _broker.RestartAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private static string Here(string configuration, int port, TemporaryFolder folder)
    {
        foreach (var (from, to) in new[]
        {
            ("listener 8883", $"listener {port} 127.0.0.1"),
            ("/etc/mosquitto/bayedge/", $"{folder.Path}/"),
            ("/var/lib/mosquitto/", $"{folder.File("data")}/"),
        })
        {
            Assert.Contains(from, configuration, StringComparison.Ordinal);
            configuration = configuration.Replace(from, to, StringComparison.Ordinal);
        }

        return $"{configuration}\nuser root\n";
    }

    private static async Task<string> RunAsync(string script, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var tool = ToolProcess.Start("bash", ["-c", "exec bash \"$@\" 2>/dev/null", "bash", Path.Combine(Source, script), .. arguments]);
        var exitCode = await tool.WaitForExitAsync(cancellationToken);
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{tool.Output}");
        return tool.Output;
    }
}
