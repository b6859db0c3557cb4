using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.TestKit;

/// <summary>Reads and writes on one topic of a broker, as anybody may.</summary>
public sealed class TopicTap : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly string _topic;

    private TopicTap(string topic) => _topic = topic;

    /// <summary>Everything that came since the connection, in its order, retained first.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public static async Task<TopicTap> ConnectAsync(MosquittoBroker broker, string topic, CancellationToken cancellationToken)
    {
        var tap = new TopicTap(topic);
        tap._client.ApplicationMessageReceivedAsync += received =>
        {
            tap.Said.Enqueue(Encoding.UTF8.GetString(received.ApplicationMessage.Payload));
            return Task.CompletedTask;
        };
        await tap._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), cancellationToken);
        await tap._client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);
        return tap;
    }

    public async Task SendAsync(string text, CancellationToken cancellationToken, bool retain = false) =>
        await _client.PublishStringAsync(_topic, text, MqttQualityOfServiceLevel.AtLeastOnce, retain, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
