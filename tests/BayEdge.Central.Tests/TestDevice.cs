using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.TestKit;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.Central.Tests;

/// <summary>A device seen from outside: publishes what it is told to and hears the acknowledgements.</summary>
internal sealed class TestDevice : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly WorkshopDay _day;

    private TestDevice(WorkshopDay day)
    {
        _day = day;
        _client.ApplicationMessageReceivedAsync += args =>
        {
            var payload = args.ApplicationMessage.Payload.ToArray();
            ContractSchemas.AssertValid(args.ApplicationMessage.Topic, payload);
            Acks.Enqueue(JsonSerializer.Deserialize(payload, ContractsJson.Wire.Ack)!);
            return Task.CompletedTask;
        };
    }

    public ConcurrentQueue<Ack> Acks { get; } = new();

    public static async Task<TestDevice> ConnectAsync(int port, WorkshopDay day, CancellationToken cancellationToken)
    {
        var device = new TestDevice(day);
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId($"device-{Guid.NewGuid():N}").Build();
        await device._client.ConnectAsync(options, cancellationToken);
        await device._client.SubscribeAsync(
            Topics.Ack(day.Site, day.Device), MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);
        return device;
    }

    public async Task PublishAsync(IEnumerable<long> sequences, CancellationToken cancellationToken)
    {
        foreach (var sequence in sequences)
            await PublishRawAsync(_day[sequence].Topic, _day[sequence].Payload, cancellationToken);
    }

    public Task PublishAllAsync(CancellationToken cancellationToken) => PublishAsync(From(1, _day.Count), cancellationToken);

    public Task PublishStatusAsync(long? firstUnconfirmed, CancellationToken cancellationToken, int? firstUnconfirmedEpoch = null)
    {
        var status = new DeviceStatus
        {
            State = DeviceConnection.Online,
            BootId = "boot-1",
            Epoch = _day.Epoch,
            FirstUnconfirmed = firstUnconfirmed,
            FirstUnconfirmedEpoch = firstUnconfirmedEpoch,
            LastSequence = _day.Count,
            Backlog = firstUnconfirmed is null ? 0 : 1,
        };
        var payload = JsonSerializer.SerializeToUtf8Bytes(status, ContractsJson.Wire.DeviceStatus);
        return PublishRawAsync(Topics.Status(_day.Site, _day.Device), payload, cancellationToken, retain: true);
    }

    public Task PublishRawAsync(string topic, byte[] payload, CancellationToken cancellationToken, bool retain = false) =>
        _client.PublishAsync(
            new MqttApplicationMessageBuilder()
                .WithTopic(topic)
                .WithPayload(payload)
                .WithRetainFlag(retain)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .Build(),
            cancellationToken);

    /// <summary>Waits until everything up to a number of the device's epoch is acknowledged.</summary>
    public Task WaitForAckAsync(long upTo, CancellationToken cancellationToken) =>
        Eventually.HoldsAsync(
            () => Acks.Any(ack => ack.Epoch == _day.Epoch && ack.UpTo == upTo), $"an ack up to {upTo}", cancellationToken);

    /// <summary>Waits until the consumer has sent whatever acknowledgements were due: those of another device, twice, come after.</summary>
    public static async Task LetAcksPassAsync(int port, CancellationToken cancellationToken)
    {
        var day = WorkshopDay.Of(1, device: "pi-99");
        await using var other = await ConnectAsync(port, day, cancellationToken);
        foreach (var sequence in From(1, 2))
        {
            await other.PublishAsync([sequence], cancellationToken);
            await other.WaitForAckAsync(sequence, cancellationToken);
        }
    }

    public static IEnumerable<long> From(long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
            yield return sequence;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
