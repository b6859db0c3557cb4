using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Delivery;

namespace BayEdge.Messaging.Publishing;

/// <summary>Keeps the retained status of the device true: online while connected, with the range of events it holds.</summary>
internal sealed class StatusReporter(IOutbox outbox, DiskPatience disk, MqttPublisherOptions options, TimeProvider time)
{
    public string Topic { get; } = Topics.Status(options.Site, options.Device);

    /// <summary>What the broker says when the device falls silent; without a time, for nobody knows when that will be.</summary>
    public async Task<byte[]> ComposeWillAsync(CancellationToken cancellationToken) =>
        Serialize(await ComposeAsync(DeviceConnection.Offline, cancellationToken));

    /// <summary>What the device says itself when it stops.</summary>
    public async Task<byte[]> ComposeOfflineAsync(CancellationToken cancellationToken) =>
        Serialize(await ComposeAsync(DeviceConnection.Offline, cancellationToken) with { AsOf = time.GetUtcNow() });

    public async Task RunAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.StatusInterval, time);
        DeviceStatus? published = null;
        var publishedAt = time.GetTimestamp();
        do
        {
            var status = await ComposeAsync(DeviceConnection.Online, cancellationToken);
            if (status == published && time.GetElapsedTime(publishedAt) < options.StatusRefresh)
                continue;

            var payload = Serialize(status with { AsOf = time.GetUtcNow() });
            await connection.PublishRetainedAsync(Topic, payload, cancellationToken);
            (published, publishedAt) = (status, time.GetTimestamp());
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static byte[] Serialize(DeviceStatus status) => JsonSerializer.SerializeToUtf8Bytes(status, ContractsJson.Wire.DeviceStatus);

    private async Task<DeviceStatus> ComposeAsync(DeviceConnection state, CancellationToken cancellationToken)
    {
        var status = await disk.RunAsync(outbox.GetStatus, cancellationToken);
        return new DeviceStatus
        {
            State = state,
            BootId = options.BootId,
            Epoch = outbox.Epoch,
            FirstUnconfirmed = status.FirstUnconfirmed?.Sequence,
            FirstUnconfirmedEpoch = status.FirstUnconfirmed is { } first && first.Epoch < outbox.Epoch ? first.Epoch : null,
            LastSequence = status.LastSequence,
            Backlog = status.Backlog,
            Version = options.Version,
        };
    }
}
