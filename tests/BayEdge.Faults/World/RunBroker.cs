using BayEdge.Faults.Played;
using BayEdge.Faults.Schedules;
using BayEdge.TestKit;
using MQTTnet;

namespace BayEdge.Faults.World;

/// <summary>Mosquitto with passwords, persistence and a port for each side.</summary>
internal sealed class RunBroker : IAsyncDisposable
{
    private const string NoPasswords = "nobody:$7$101$AAAAAAAAAAAAAAAA$AAAA\n";

    private readonly MosquittoBroker _mosquitto;
    private readonly string _passwords;

    private RunBroker(MosquittoBroker mosquitto, string passwords) => (_mosquitto, _passwords) = (mosquitto, passwords);

    public int Starts { get; private set; } = 1;

    public static async Task<RunBroker> StartAsync(BrokerLimits limits, CancellationToken cancellationToken)
    {
        var passwords = "";
        var mosquitto = await MosquittoBroker.StartAsync(
            async (port, folder) =>
            {
                Directory.CreateDirectory(folder.File("kept"));
                passwords = await HashAsync(folder.File("passwords"), cancellationToken);
                return $"""
                    listener {port} 127.0.0.1
                    listener {Names.CentralPort} 127.0.0.1
                    allow_anonymous false
                    password_file {folder.File("passwords")}
                    user root
                    persistence true
                    persistence_location {folder.File("kept")}/
                    autosave_interval {limits.SaveSeconds}
                    max_queued_messages {limits.Queued}
                    max_inflight_messages {limits.InFlight}
                    set_tcp_nodelay true

                    """;
            },
            cancellationToken,
            Names.DevicePort);
        return new RunBroker(mosquitto, passwords);
    }

    public Task KillAsync() => _mosquitto.KillAsync();

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        Starts++;
        await _mosquitto.RestartAsync(cancellationToken);
    }

    /// <summary>Takes away what the killed broker had saved.</summary>
    public void Empty()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_mosquitto.Folder, "kept")))
            File.Delete(file);
    }

    public void Freeze() => _mosquitto.Freeze();

    public void Thaw() => _mosquitto.Thaw();

    /// <summary>Whether anybody's password is known from the next start on.</summary>
    public void Know(bool isKnown) => File.WriteAllText(Path.Combine(_mosquitto.Folder, "passwords"), isKnown ? _passwords : NoPasswords);

    /// <summary>Takes a client id over for a moment, and with a clean start all that the broker kept for it.</summary>
    /// <returns>False when the broker was not to be reached.</returns>
    public static async Task<bool> TakeOverAsync(string clientId, string user, int port, TimeSpan stay, CancellationToken cancellationToken)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithClientId(clientId)
            .WithCredentials(user, Names.Password)
            .WithCleanStart()
            .WithTimeout(TimeSpan.FromSeconds(1))
            .Build();
        try
        {
            await client.ConnectAsync(options, cancellationToken);
            await Task.Delay(stay, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _mosquitto.DisposeAsync();

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, $"{Names.DeviceUser}:{Names.Password}\n{Names.CentralUser}:{Names.Password}\n", cancellationToken);
        var (exitCode, output) = await ToolProcess.RunAsync("mosquitto_passwd", ["-U", path], cancellationToken);
        return exitCode == 0
            ? await File.ReadAllTextAsync(path, cancellationToken)
            : throw new InvalidOperationException($"mosquitto_passwd ended with {exitCode}: {output}");
    }
}
