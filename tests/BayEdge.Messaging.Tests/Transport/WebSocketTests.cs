using System.Net;
using System.Net.Sockets;
using BayEdge.Contracts;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.Messaging.Tests.Publishing;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Transport;

/// <summary>The ways to a broker that are not a plain connection: WebSockets, and an HTTP proxy between.</summary>
public sealed class WebSocketTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly WorkshopAuthority _authority = new("workshop");
    private readonly int _plainPort = LoopbackPorts.Free();
    private readonly int _tlsPort = LoopbackPorts.Free();
    private readonly int _webPort = LoopbackPorts.Free();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Limit)]
    [InlineData("ws")]
    [InlineData("wss")]
    public async Task Events_arrive_over_web_sockets(string scheme)
    {
        await using var broker = await StartAsync();
        await using var central = await CentralSystem.StartAsync(_plainPort, Cancelled);
        await using var device = new Device(WebUrl(broker, scheme), Trusting);

        device.Store(300, payloadBytes: 5000);
        await device.UntilEmptyAsync(Cancelled);

        Assert.Equal(300, central.Ledger.Count);
    }

    [Fact(Timeout = Limit)]
    public async Task Over_web_sockets_a_foreign_authority_and_a_wrong_port_are_told()
    {
        await using var broker = await StartAsync();
        var foreign = new WorkshopAuthority("foreign").Save(_folder);

        Assert.Matches("could not prove who it is: .*mqtt.caFile", await ProbeAsync(WebUrl(broker, "wss"), options => options with { CertificateAuthorityFile = foreign }));
        var nowhere = WebUrl(LoopbackPorts.Free());
        Assert.Equal($"Nothing listens at {nowhere}: check that the broker runs, and its host and port.", await ProbeAsync(nowhere, Trusting));
        var plain = WebUrl(_plainPort);
        var told = await ProbeAsync(plain, Trusting);
        // Between the two stands what the library says.
        Assert.StartsWith($"The broker {plain} cannot be used (", told, StringComparison.Ordinal);
        Assert.EndsWith("): check that port and path are those for MQTT over WebSockets.", told, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("ws")]
    [InlineData("wss")]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    public async Task Every_kind_of_connection_passes_an_http_proxy_with_a_login(string scheme)
    {
        await using var broker = await StartAsync();
        await using var central = await CentralSystem.StartAsync(_plainPort, Cancelled);
        await using var proxy = new ConnectProxy("bay:opens");
        var url = scheme switch { "mqtt" => $"mqtt://localhost:{_plainPort}", "mqtts" => $"mqtts://localhost:{_tlsPort}", _ => WebUrl(broker, scheme) };
        await using var device = new Device(url, options => Trusting(options) with { Proxy = AddressOf(proxy), Secrets = new Secrets { MqttProxyUser = "bay", MqttProxyPassword = "opens" } });

        device.Store(3);
        await device.UntilEmptyAsync(Cancelled);

        Assert.Equal(3, central.Ledger.Count);
        Assert.StartsWith("localhost:", proxy.Targets.First(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("ws")]
    [InlineData("mqtt")]
    public async Task What_is_wrong_with_the_proxy_is_told(string scheme)
    {
        var target = LoopbackPorts.Free();
        var url = scheme == "ws" ? WebUrl(target) : $"mqtt://localhost:{target}";
        await using var proxy = new ConnectProxy("bay:opens");
        var away = new ProxyAddress("127.0.0.1", LoopbackPorts.Free());

        Assert.StartsWith($"The proxy {proxy.Url} wants a user name and password", await ProbeAsync(url, options => options with { Proxy = AddressOf(proxy) }), StringComparison.Ordinal);
        proxy.Refusal = "HTTP/1.1 403 Forbidden";
        Assert.StartsWith($"The proxy {proxy.Url} does not let the device through to localhost on port {target} (it answers 403)", await ProbeAsync(url, options => options with { Proxy = AddressOf(proxy) }), StringComparison.Ordinal);
        Assert.StartsWith($"The proxy {away} cannot be reached", await ProbeAsync(url, options => options with { Proxy = away }), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_proxy_that_takes_the_connection_and_says_nothing_is_told()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var proxy = new ProxyAddress("127.0.0.1", ((IPEndPoint)mute.LocalEndpoint).Port);

        Assert.StartsWith(
            $"What listens at {proxy} does not answer as an HTTP proxy",
            await ProbeAsync("mqtt://localhost:1883", options => options with { Proxy = proxy, ReachLimit = TimeSpan.FromSeconds(1) }),
            StringComparison.Ordinal);
    }

    private static string WebUrl(int port) => $"ws://localhost:{port}/mqtt";

    private string WebUrl(MosquittoBroker broker, string scheme) => scheme == "ws" ? WebUrl(broker.Port) : $"wss://localhost:{_webPort}/mqtt";

    private static ProxyAddress AddressOf(ConnectProxy proxy)
    {
        Assert.True(ProxyAddress.TryParse(proxy.Url, out var address, out _));
        return address!;
    }

    private MqttPublisherOptions Trusting(MqttPublisherOptions options) => options with { CertificateAuthorityFile = _authority.Save(_folder) };

    private static Task<string?> ProbeAsync(string url, Func<MqttPublisherOptions, MqttPublisherOptions> adjust)
    {
        Assert.True(BrokerAddress.TryParse(url, out var address, out _));
        return BrokerProbe.FindFaultAsync(
            adjust(new MqttPublisherOptions { Site = Device.Site, Device = Device.Name, Broker = address!, BootId = "boot-1" }), TimeProvider.System, Cancelled);
    }

    private Task<MosquittoBroker> StartAsync()
    {
        var (certificate, key) = _authority.Issue(_folder, null, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
        return MosquittoBroker.StartAsync(
            (port, _) => Task.FromResult(
                $"""
                 allow_anonymous true
                 user root
                 listener {_plainPort} 127.0.0.1
                 listener {_tlsPort} 127.0.0.1
                 certfile {certificate}
                 keyfile {key}
                 listener {_webPort} 127.0.0.1
                 protocol websockets
                 certfile {certificate}
                 keyfile {key}
                 listener {port} 127.0.0.1
                 protocol websockets

                 """),
            Cancelled);
    }
}
