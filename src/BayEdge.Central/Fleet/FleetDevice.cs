using System.Collections.Concurrent;
using System.Text.Json;
using BayEdge.Central.Broker;
using BayEdge.Central.Conformance;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;

namespace BayEdge.Central.Fleet;

/// <summary>One of many devices: a connection of its own, vehicles that come and go, and events kept until they are acknowledged.</summary>
/// <remarks>Not for several threads at once.</remarks>
internal sealed class FleetDevice(EventSource source, FleetFigures figures, TimeProvider time) : IAsyncDisposable
{
    private const int Bays = 4;

    private readonly ScriptedDevice _script = new(source, time.GetUtcNow());
    private readonly ConcurrentDictionary<long, long> _sentAt = new();
    private BrokerConnection? _connection;
    private long _acknowledged;

    public EventSource Source => source;

    public ScriptedDevice Script => _script;

    public long Unacknowledged => _script.Count - Interlocked.Read(ref _acknowledged);

    /// <exception cref="BrokerFaultException">The broker refuses or does not answer.</exception>
    public async Task ConnectAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        _connection = await BrokerConnection.OpenAsync(
            session with { ClientId = $"bayedge-fleet-{source.Site}-{source.Device}", Filters = [Topics.Ack(source.Site, source.Device)] },
            message =>
            {
                Hear(message);
                return ValueTask.CompletedTask;
            },
            time,
            cancellationToken);
        var status = PlayedStatus.Of(source, firstUnconfirmed: null, lastSequence: 0, time.GetUtcNow());
        await _connection.PublishAsync(Topics.Status(source.Site, source.Device), status, cancellationToken, retain: true);
    }

    /// <summary>The next thing that happens at this device: a vehicle enters a bay or the one in it leaves.</summary>
    public Task SendNextAsync(CancellationToken cancellationToken)
    {
        var visit = _script.Count / 2;
        var (name, bay) = ($"{source.Device}-{visit}", $"bay-{(visit % Bays) + 1:00}");
        if (_script.Count % 2 == 0)
            _script.Enter(name, bay, visit);
        else
            _script.Leave(name, bay, visit, visit + 0.75);
        _sentAt[_script.Count] = time.GetTimestamp();
        return PublishAsync(_script.Count, cancellationToken);
    }

    public async Task SendAgainAsync(TimeSpan olderThan, CancellationToken cancellationToken)
    {
        foreach (var (sequence, at) in _sentAt.OrderBy(pair => pair.Key))
        {
            if (time.GetElapsedTime(at) < olderThan)
                continue;
            figures.SentAgain();
            await PublishAsync(sequence, cancellationToken);
        }
    }

    /// <summary>Takes the device's status away from the broker, since it never was.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => _connection is { } connection
        ? connection.PublishAsync(Topics.Status(source.Site, source.Device), [], cancellationToken, retain: true)
        : Task.CompletedTask;

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task PublishAsync(long sequence, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var (topic, payload) = _script[sequence];
        try
        {
            await _connection!.PublishAsync(topic, payload, cancellationToken);
            figures.TakenByBroker(time.GetElapsedTime(begun));
        }
        catch (BrokerFaultException fault)
        {
            // The event stays and is sent again.
            figures.Refused(fault.Message);
        }
    }

    private void Hear(InboundMessage message)
    {
        var ack = JsonSerializer.Deserialize(message.Payload, ContractsJson.Wire.Ack);
        if (ack is null || ack.Epoch != source.Epoch || ack.UpTo <= Interlocked.Read(ref _acknowledged))
            return;

        for (var sequence = _acknowledged + 1; sequence <= ack.UpTo; sequence++)
        {
            if (_sentAt.TryRemove(sequence, out var at))
                figures.Acknowledged(time.GetElapsedTime(at));
        }

        Interlocked.Exchange(ref _acknowledged, ack.UpTo);
    }
}
