using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>A plain MQTT client that keeps a ledger of events and acknowledges them without gaps.</summary>
internal sealed class CentralSystem : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<int, long> _contiguous = new();
    private readonly ConcurrentDictionary<EventPosition, bool> _seen = new();

    private readonly string _filter;

    private CentralSystem(string filter) => _filter = filter;

    /// <summary>Every event as it arrived, repetitions included.</summary>
    public ConcurrentQueue<EventPosition> Arrived { get; } = new();

    /// <summary>Each event once, in the order of its first arrival.</summary>
    public IReadOnlyList<EventPosition> Ledger => [.. Arrived.Distinct()];

    /// <summary>The newest content of every other topic.</summary>
    public ConcurrentDictionary<string, string> Retained { get; } = new();

    /// <summary>Everything that came on the device's status topic.</summary>
    public ConcurrentQueue<DeviceStatus> Statuses { get; } = new();

    public static async Task<CentralSystem> StartAsync(
        int port, CancellationToken cancellationToken, bool acknowledge = true, string filter = "bayedge/v1/+/+/#")
    {
        var central = new CentralSystem(filter);
        central._client.ApplicationMessageReceivedAsync += received => central.ReceiveAsync(received, acknowledge);
        await central.ConnectAsync(port, cancellationToken);
        return central;
    }

    public Task ReconnectAsync(int port, CancellationToken cancellationToken) => ConnectAsync(port, cancellationToken);

    public Task AckAsync(string payload, CancellationToken cancellationToken) => _client.PublishStringAsync(
        Topics.Ack(Device.Site, Device.Name), payload, MqttQualityOfServiceLevel.AtLeastOnce, false, cancellationToken);

    public Task SendAsync(string topic, string payload, CancellationToken cancellationToken) =>
        _client.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, true, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ConnectAsync(int port, CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId("central").Build(), cancellationToken);
        await _client.SubscribeAsync(_filter, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);
    }

    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received, bool acknowledge)
    {
        var message = received.ApplicationMessage;
        var text = Encoding.UTF8.GetString(message.Payload);
        if (!message.Topic.EndsWith("/events", StringComparison.Ordinal))
        {
            Retained[message.Topic] = text;
            // Without content, a retained message is taken back.
            if (message.Topic == Topics.Status(Device.Site, Device.Name) && text.Length > 0)
                Statuses.Enqueue(JsonSerializer.Deserialize(text, ContractsJson.Wire.DeviceStatus)!);
            return;
        }

        var position = ReadPosition(text);
        Arrived.Enqueue(position);
        _seen[position] = true;
        var upTo = _contiguous.GetValueOrDefault(position.Epoch);
        while (_seen.ContainsKey(position with { Sequence = upTo + 1 }))
            upTo++;
        _contiguous[position.Epoch] = upTo;
        if (acknowledge)
        {
            await _client.PublishStringAsync(
                Topics.Ack(Device.Site, Device.Name), $$"""{"epoch":{{position.Epoch}},"upTo":{{upTo}}}""", MqttQualityOfServiceLevel.AtMostOnce);
        }
    }

    private static EventPosition ReadPosition(string text)
    {
        if (text.StartsWith('{'))
        {
            using var notice = JsonDocument.Parse(text);
            Assert.True(EventPosition.TryParse(
                notice.RootElement.GetProperty("source").GetString()!, notice.RootElement.GetProperty("sequence").GetString()!, out var noticed));
            return noticed;
        }

        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new EventPosition(int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
