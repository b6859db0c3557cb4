using System.Net;
using MQTTnet.Server;

namespace BayEdge.Simulator.Brokers;

/// <summary>An MQTT broker inside this process, on a loopback port of its own.</summary>
public sealed class LoopbackBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private LoopbackBroker(MqttServer server, int port) => (_server, Port) = (server, port);

    public int Port { get; }

    /// <param name="port">A free TCP port of 127.0.0.1.</param>
    public static async Task<LoopbackBroker> StartAsync(int port)
    {
        var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None);
        var broker = new LoopbackBroker(new MqttServerFactory().CreateMqttServer(options.Build()), port);
        await broker._server.StartAsync();
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }
}
