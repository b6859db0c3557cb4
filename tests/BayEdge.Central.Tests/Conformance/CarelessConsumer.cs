using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using MQTTnet;

namespace BayEdge.Central.Tests.Conformance;

/// <summary>
/// What a first attempt at a consumer often is: it acknowledges each number as it comes, never subscribed to the device's own events,
/// gives up on event types that it does not know, and makes a visit of every event that says "entered".
/// </summary>
internal sealed class CarelessConsumer : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<JsonObject> _visits = new();

    public static async Task<CarelessConsumer> StartAsync(int port, CancellationToken cancellationToken)
    {
        var consumer = new CarelessConsumer();
        consumer._client.ApplicationMessageReceivedAsync += args =>
            consumer.TakeAsync(args.ApplicationMessage.Topic, args.ApplicationMessage.Payload.ToArray());
        await consumer._client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), cancellationToken);
        await consumer._client.SubscribeAsync(Topics.AllBayEvents(), cancellationToken: cancellationToken);
        return consumer;
    }

    public void Export(string path) =>
        File.WriteAllText(path, new JsonObject { ["visits"] = new JsonArray([.. _visits.Select(visit => visit.DeepClone())]) }.ToJsonString());

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task TakeAsync(string topic, byte[] payload)
    {
        if (!ReceivedEvent.TryRead(topic, payload, out var received, out _))
            return;

        if (received.Type == EventTypes.VehicleEntered)
        {
            _visits.Enqueue(new JsonObject
            {
                ["visitId"] = received.Visit!.VisitId,
                ["bay"] = received.Visit.Bay,
                ["enteredAt"] = received.Envelope.Time,
            });
        }

        var (site, device, epoch) = received.Source;
        await _client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(Topics.Ack(site, device))
            .WithPayload(JsonSerializer.SerializeToUtf8Bytes(new { epoch, upTo = received.Position.Sequence }))
            .WithRetainFlag()
            .Build());
    }
}
