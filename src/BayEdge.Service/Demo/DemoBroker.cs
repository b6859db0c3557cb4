using System.Net;
using MQTTnet.Server;

namespace BayEdge.Service.Demo;

/// <summary>An MQTT broker inside the demo's process, on a loopback port of its own.</summary>
internal sealed class DemoBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private DemoBroker(MqttServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    public static async Task<DemoBroker> StartAsync(int port)
    {
        var server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port)
            .Build());
        await server.StartAsync();
        return new DemoBroker(server, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }
}
