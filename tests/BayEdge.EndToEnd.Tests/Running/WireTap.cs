using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.TestKit;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>Reads along everything that goes over a broker.</summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<(string Topic, byte[] Payload)> _messages = new();

    private WireTap() => _client.ApplicationMessageReceivedAsync += received =>
    {
        _messages.Enqueue((received.ApplicationMessage.Topic, received.ApplicationMessage.Payload.ToArray()));
        return Task.CompletedTask;
    };

    public static string StatusTopic { get; } = Topics.Status(DeviceConfiguration.Site, DeviceConfiguration.Device);

    public static string HealthTopic { get; } = Topics.Health(DeviceConfiguration.Site, DeviceConfiguration.Device);

    /// <summary>In the order of their arrival; a client that has just connected gets the retained ones first.</summary>
    public IReadOnlyCollection<(string Topic, byte[] Payload)> Messages => _messages;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WireTap> ConnectAsync(MosquittoBroker broker)
    {
        var tap = new WireTap();
        await tap._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Port).Build(), Cancellation);
        await tap._client.SubscribeAsync("bayedge/#", MqttQualityOfServiceLevel.AtLeastOnce, Cancellation);
        return tap;
    }

    public Task SendAsync(string topic, string payload) =>
        _client.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, retain: false, Cancellation);

    /// <summary>The newest message on a topic that satisfies a condition, as soon as there is one.</summary>
    public async Task<JsonElement> WaitForAsync(string topic, Func<JsonElement, bool> condition, string what)
    {
        await Wait.UntilAsync(() => Newest(topic) is { } newest && condition(newest), what, Tell);
        return Newest(topic)!.Value;
    }

    public string Tell() => string.Join('\n', _messages.Select(message => $"{message.Topic} {System.Text.Encoding.UTF8.GetString(message.Payload)}"));

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private JsonElement? Newest(string topic) =>
        _messages.LastOrDefault(message => message.Topic == topic).Payload is { } payload ? JsonDocument.Parse(payload).RootElement : null;
}
