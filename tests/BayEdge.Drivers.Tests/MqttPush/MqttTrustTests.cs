using System.Net;
using System.Net.Sockets;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Simulator.Readers.Push;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.MqttPush;

/// <summary>Which brokers are believed over TLS, and in which words the others are refused.</summary>
public sealed class MqttTrustTests : IDisposable
{
    private const int Limit = 30_000;
    private const string Topic = "workshop/gate-1";
    private const string Tag = "E28068940000501234567890";

    private readonly DriverCatalogue _drivers = RunningPush.Drivers();
    private readonly TemporaryFolder _folder = new();
    private readonly WorkshopAuthority _authority = new("workshop");

    /// <summary>What one that wants TLS may say to whoever comes without it: handshake_failure.</summary>
    private static readonly byte[] TlsAlert = [21, 3, 3, 0, 2, 2, 40];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_broker_with_a_certificate_of_the_workshops_authority_is_believed()
    {
        var plain = LoopbackPorts.Free();
        await using var broker = await StartTlsAsync(extra: $"listener {plain} 127.0.0.1");
        await using var reader = Run($"mqtts://localhost:{broker.Port}", _authority.Save(_folder));
        await reader.UntilReadyAsync();
        await using var pusher = await SimulatedMqttPusher.ConnectAsync("127.0.0.1", plain, Topic, TimeProvider.System, Cancelled);

        await pusher.SendAsync(Cancelled, pusher.Tag(Tag, antenna: 1));

        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_of_another_authority_is_refused_with_its_name()
    {
        await using var broker = await StartTlsAsync();
        var url = $"mqtts://localhost:{broker.Port}";
        var sentence = $"The certificate of the broker at {url} comes from workshop, whom this computer does not know. Name the file of that authority with caFile.";

        Assert.Equal((DeviceFaultKind.Refused, sentence), await FaultAsync(url, new WorkshopAuthority("foreign").Save(_folder)));
        Assert.Equal((DeviceFaultKind.Refused, sentence), await FaultAsync(url, file: null));
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_that_ran_out_or_is_for_another_name_is_refused()
    {
        var file = _authority.Save(_folder);
        await using var old = await StartTlsAsync(fromDays: -9, toDays: -2);
        await using var other = await StartTlsAsync(name: "mqtt.example.com");
        var day = DateTimeOffset.UtcNow.AddDays(-2);

        Assert.Equal(
            (DeviceFaultKind.Refused, $"The certificate of the broker at mqtts://localhost:{old.Port} ran out on {day:yyyy-MM-dd}, by this computer's clock, which says {day.AddDays(2):yyyy-MM-dd}. Renew it at the broker, or set the clock."),
            await FaultAsync($"mqtts://localhost:{old.Port}", file));
        Assert.Equal(
            (DeviceFaultKind.Refused, $"The certificate of the broker at mqtts://localhost:{other.Port} is for mqtt.example.com. Put that name into the setting url."),
            await FaultAsync($"mqtts://localhost:{other.Port}", file));
    }

    [Fact(Timeout = Limit)]
    public async Task A_file_without_an_authority_is_named()
    {
        await using var broker = await StartTlsAsync();
        var absent = _folder.File("absent.pem");

        Assert.Equal(
            (DeviceFaultKind.Local, $"The file '{absent}' of caFile gives no certificate authority. Check that it is there, may be read by the service's user and holds a certificate as PEM."),
            await FaultAsync($"mqtts://localhost:{broker.Port}", absent));
    }

    [Theory(Timeout = Limit)]
    [InlineData("mqtt", false)]
    [InlineData("mqtt", true)]
    [InlineData("mqtts", false)]
    [InlineData("mqtts", true)]
    [InlineData("ws", false)]
    [InlineData("ws", true)]
    public async Task A_broker_that_hangs_up_as_it_is_starting_is_not_said_to_speak_another_tongue(string scheme, bool resets)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Hanging.UpOnAllAsync(listener, resets);
        var url = $"{scheme}://{listener.LocalEndpoint}{(scheme == "ws" ? "/" : "")}";

        Assert.Equal(
            (DeviceFaultKind.Unreachable, $"What is at {url} hung up without an answer; it may be starting. If this stays so, check its port, and whether the broker wants TLS."),
            await FaultAsync(url, file: null));
    }

    [Theory(Timeout = Limit)]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    [InlineData("ws")]
    public async Task What_answers_a_broker_does_not_is_said_to_speak_another_tongue(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"{scheme}://{listener.LocalEndpoint}{(scheme == "ws" ? "/" : "")}";
        var failing = FaultAsync(url, file: null);
        using var other = await listener.AcceptSocketAsync(Cancelled);
        await other.SendAsync(scheme == "mqtt" ? TlsAlert : "220 mail.example.com ready\r\n"u8.ToArray(), Cancelled);

        Assert.Equal(
            (DeviceFaultKind.Protocol, $"What answers at {url} does not speak MQTT as the setting url says. Check its port, and whether the broker wants TLS."),
            await failing);
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_that_speaks_something_else_and_a_name_that_nobody_knows_are_told_apart()
    {
        await using var plain = await MosquittoBroker.StartAsync(Cancelled);
        await using var secure = await StartTlsAsync();

        Assert.Equal(
            (DeviceFaultKind.Unreachable, $"What is at mqtts://127.0.0.1:{plain.Port} hung up without an answer; it may be starting. If this stays so, check its port, and whether the broker wants TLS."),
            await FaultAsync($"mqtts://127.0.0.1:{plain.Port}", file: null));
        Assert.Equal(
            (DeviceFaultKind.Unreachable, $"What is at mqtt://127.0.0.1:{secure.Port} hung up without an answer; it may be starting. If this stays so, check its port, and whether the broker wants TLS."),
            await FaultAsync($"mqtt://127.0.0.1:{secure.Port}", file: null));
        Assert.Equal(
            (DeviceFaultKind.Unreachable, "The name 'broker.invalid' is not known here. Check its spelling and the network's name server, or enter the address in numbers."),
            await FaultAsync("mqtt://broker.invalid:1883", file: null));
    }

    public void Dispose() => _folder.Dispose();

    private Task<MosquittoBroker> StartTlsAsync(string? name = null, int fromDays = -1, int toDays = 90, string extra = "")
    {
        var (certificate, key) = _authority.Issue(
            _folder, name, DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays), $"{Guid.NewGuid()}");
        return MosquittoBroker.StartAsync(Cancelled, $"certfile {certificate}\nkeyfile {key}\n{extra}");
    }

    private RunningPush Run(string url, string? file)
    {
        (string Key, string Value)[] settings = [("url", url), ("topic", Topic), ("silenceSeconds", "0"), .. file is null ? Array.Empty<(string, string)>() : [("caFile", file)]];
        var configuration = PushSources.Reader(DriverSettings.Of(settings));
        return new RunningPush(_drivers.DriverOf(configuration).Create(configuration));
    }

    private async Task<(DeviceFaultKind, string)> FaultAsync(string url, string? file)
    {
        await using var reader = Run(url, file);
        var fault = await reader.FaultAsync();
        return (fault.Kind, fault.Message);
    }
}
