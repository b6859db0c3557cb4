using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.Simulator.Readers.Push;

/// <summary>Publishes what it sees on a topic, and hears what is said of it.</summary>
public sealed class SimulatedMqttPusher : SimulatedPushDevice, IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly string _topic;

    private SimulatedMqttPusher(string topic, TimeProvider time)
        : base(time)
    {
        _topic = topic;
        _client.ApplicationMessageReceivedAsync += received =>
        {
            _problems.Enqueue(received.ApplicationMessage.ConvertPayloadToString());
            return Task.CompletedTask;
        };
    }

    /// <summary>What was published on the topic for problems.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    public static async Task<SimulatedMqttPusher> ConnectAsync(string host, int port, string topic, TimeProvider time, CancellationToken cancellationToken)
    {
        var pusher = new SimulatedMqttPusher(topic, time);
        await pusher._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(host, port).Build(), cancellationToken);
        await pusher._client.SubscribeAsync($"{topic}/problems", MqttQualityOfServiceLevel.AtMostOnce, cancellationToken);
        return pusher;
    }

    public Task SendAsync(CancellationToken cancellationToken, params JsonObject[] sightings) => SendAsync(Message(sightings), cancellationToken);

    /// <summary>Publishes a payload as it is.</summary>
    public Task SendAsync(string payload, CancellationToken cancellationToken) =>
        _client.PublishStringAsync(_topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, retain: false, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
