using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BayEdge.Simulator.Brokers;
using BayEdge.Simulator.Readers.ImpinjIot;
using BayEdge.Simulator.Readers.Push;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Simulator.Readers.Selectable;

/// <summary>Starts a simulated reader for each protocol that a driver speaks.</summary>
public static class SelectableReaders
{
    private const string Token = "simulated";
    private const int Tid = 2;

    /// <summary>The ids of the drivers that have one.</summary>
    public static IReadOnlyList<string> Drivers { get; } = ["llrp", "impinj-iot", "zebra-iot", "http", "mqtt", "r200", "chafon", "mercury"];

    /// <param name="driver">One of <see cref="Drivers"/>.</param>
    /// <param name="id">Of the configured reader.</param>
    /// <param name="antennas">Its configured ports.</param>
    /// <param name="settings">The configured ones by their keys: the reader is made for their region, and asks for their password.</param>
    public static Task<SelectableReader> StartAsync(
        string driver, string id, IReadOnlyList<int> antennas, IReadOnlyDictionary<string, string> settings, TimeProvider time, CancellationToken cancellationToken) => driver switch
    {
        "llrp" => Task.FromResult(Llrp(antennas, settings, time)),
        "impinj-iot" => Task.FromResult(Impinj(antennas, settings, time)),
        "zebra-iot" => Task.FromResult(Zebra(id, settings, time)),
        "http" => Task.FromResult(Http(id, settings, time)),
        "mqtt" => MqttAsync(id, time, cancellationToken),
        "r200" => SerialAsync(
            SimulatedR200.Start(new SimulatedR200Options(), time),
            (module, _, epc, dBm) => module.Report(epc, (int)dBm),
            (module, _, epc, tid) => module.Hold(epc, Tid, tid), cancellationToken),
        "mercury" => SerialAsync(
            SimulatedMercury.Start(new SimulatedMercuryOptions { Hardware = 0x18, Antennas = antennas, OutputLines = [3, 4] }, time),
            (module, antenna, epc, dBm) => module.Report(epc, (int)dBm, antenna),
            (module, antenna, epc, tid) => module.Hold(epc, antenna, Tid, tid), cancellationToken),
        "chafon" => SerialAsync(
            SimulatedChafon.Start(new SimulatedChafonOptions { Antennas = antennas }, time),
            // Such a reader answers when asked, so the tag stands there until the next question is over.
            (module, antenna, epc, dBm) => module.Put(antenna, epc, (byte)(dBm + 129), TimeSpan.FromSeconds(1)),
            (module, _, epc, tid) => module.Hold(epc, Tid, tid), cancellationToken),
        _ => throw new ArgumentException($"There is no simulated reader for the driver '{driver}'.", nameof(driver)),
    };

    private static SelectableReader Llrp(IReadOnlyList<int> antennas, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { AntennaPorts = antennas.Max(), Carriers = PlayedBand.Of(settings).Carriers }, time);
        return new SelectableReader(
            Settings(("address", reader.Address)), Reporting((antenna, epc, dBm, at) => reader.Report(antenna, epc, dBm, 1, at), (_, epc, tid) => reader.Hold(epc, Tid, tid)), [reader]);
    }

    private static SelectableReader Impinj(IReadOnlyList<int> antennas, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        var reader = SimulatedImpinjIot.Start(FreePort(), time);
        reader.AntennaPorts = antennas.Max();
        reader.Region = PlayedBand.Of(settings).Impinj;
        reader.Credentials = $"{settings.GetValueOrDefault("user", "root")}:{settings.GetValueOrDefault("password", "impinj")}";
        return new SelectableReader(
            Settings(("address", reader.Address), ("tls", "false")),
            Reporting((antenna, epc, dBm, _) => reader.Report(antenna, epc, (int)(dBm * 100)), (_, epc, tid) => reader.Hold(epc, Tid, tid)), [reader]);
    }

    private static SelectableReader Zebra(string id, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        var (way, pusher) = Posting(id, settings, time);
        var reader = new SimulatedZebraReader(async (body, cancellationToken) => await TryAsync(() => pusher.SendAsync(body, cancellationToken)), time);
        List<(string Key, string? Value)> led = [.. way, ("url", null), ("topic", null)];
        List<IAsyncDisposable> devices = [pusher];
        if (settings.ContainsKey("readerAddress"))
        {
            var port = FreePort();
            devices.Add(Management(port, settings));
            led.AddRange([("readerAddress", $"127.0.0.1:{port}"), ("readerTls", "false")]);
        }

        return new SelectableReader(
            Settings([.. led]), (antenna, epc, dBm, _) => reader.SendAsync(CancellationToken.None, reader.Tag(epc, antenna, dBm)), devices)
        {
            Beat = () => reader.SendAsync(CancellationToken.None, reader.Heartbeat()),
        };
    }

    private static SimulatedZebraManagement Management(int port, IReadOnlyDictionary<string, string> settings)
    {
        var management = SimulatedZebraManagement.Start(port);
        management.Credentials = $"{settings.GetValueOrDefault("readerUser", "admin")}:{settings.GetValueOrDefault("readerPassword")}";
        management.Region = PlayedBand.Of(settings).Zebra;
        if (settings.GetValueOrDefault("powerDbm") is { } power)
            management.Mode["transmitPower"] = double.Parse(power, CultureInfo.InvariantCulture);
        return management;
    }

    private static SelectableReader Http(string id, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        var (way, pusher) = Posting(id, settings, time);
        return new SelectableReader(
            Settings(way), (antenna, epc, dBm, _) => TryAsync(() => pusher.SendAsync(CancellationToken.None, pusher.Tag(epc, antenna, dBm))), [pusher])
        {
            Beat = () => TryAsync(() => pusher.SendAsync(CancellationToken.None)),
        };
    }

    private static async Task<SelectableReader> MqttAsync(string id, TimeProvider time, CancellationToken cancellationToken)
    {
        var (port, topic) = (FreePort(), $"simulated/{id}");
        var broker = await LoopbackBroker.StartAsync(port);
        var pusher = await SimulatedMqttPusher.ConnectAsync("127.0.0.1", port, topic, time, cancellationToken);
        return new SelectableReader(
            Settings(("url", $"mqtt://127.0.0.1:{port}"), ("topic", topic), ("caFile", null)),
            (antenna, epc, dBm, _) => pusher.SendAsync(CancellationToken.None, pusher.Tag(epc, antenna, dBm)), [pusher, broker])
        {
            Beat = () => pusher.SendAsync(CancellationToken.None),
        };
    }

    private static ((string Key, string? Value)[] Settings, SimulatedHttpPusher Pusher) Posting(
        string id, IReadOnlyDictionary<string, string> settings, TimeProvider time)
    {
        var port = FreePort();
        var token = settings.GetValueOrDefault("token", Token);
        return ([("listen", $"127.0.0.1:{port}"), ("token", token)], new SimulatedHttpPusher(new Uri($"http://127.0.0.1:{port}/v1/sightings/{id}"), $"Bearer {token}", time));
    }

    private static async Task<SelectableReader> SerialAsync<T>(
        T module, Action<T, int, string, double> report, Action<T, int, string, string> hold, CancellationToken cancellationToken)
        where T : SimulatedSerialModule
    {
        var terminal = await PseudoTerminal.TieToAsync(module, cancellationToken);
        return new SelectableReader(
            Settings(("port", terminal.Path)),
            Reporting((antenna, epc, dBm, _) => report(module, antenna, epc, dBm), (antenna, epc, tid) => hold(module, antenna, epc, tid)), [terminal, module]);
    }

    /// <param name="hold">Gives the tag before an antenna the number of its chip, for whoever reads its memory.</param>
    private static Func<int, string, double, DateTimeOffset, Task> Reporting(
        Action<int, string, double, DateTimeOffset> report, Action<int, string, string> hold) => (antenna, epc, dBm, at) =>
    {
        hold(antenna, epc, VisitingTags.TidOf(epc));
        report(antenna, epc, dBm, at);
        return Task.CompletedTask;
    };

    /// <summary>Nobody may listen yet; then the read is lost, and the next one comes.</summary>
    private static async Task TryAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (HttpRequestException)
        {
            // See above.
        }
    }

    private static Dictionary<string, string?> Settings(params (string Key, string? Value)[] settings) =>
        settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
