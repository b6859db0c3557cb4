using System.Threading.Channels;

namespace BayEdge.Messaging.Publishing;

/// <summary>Sends what is worth something only now: with QoS 0, never later, and only the newest of what waits.</summary>
internal sealed class FleetingMessages(string topic)
{
    private readonly Channel<Func<ReadOnlyMemory<byte>?>> _newest =
        Channel.CreateBounded<Func<ReadOnlyMemory<byte>?>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public string Topic => topic;

    public void Offer(Func<ReadOnlyMemory<byte>?> compose) => _newest.Writer.TryWrite(compose);

    /// <summary>Drops what was offered so far, such as while the broker was away.</summary>
    public void Forget() => _newest.Reader.TryRead(out _);

    public async Task RunAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        await foreach (var compose in _newest.Reader.ReadAllAsync(cancellationToken))
        {
            if (compose() is { } payload && connection.Fits(topic, payload.Length))
                await connection.PublishFleetingAsync(topic, payload, cancellationToken);
        }
    }
}
