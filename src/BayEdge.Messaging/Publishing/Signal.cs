using System.Threading.Channels;

namespace BayEdge.Messaging.Publishing;

/// <summary>Wakes one waiter; raised before the wait, it is not lost, and raised twice it counts once.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _raised =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _raised.Writer.TryWrite(true);

    public Task WaitAsync(CancellationToken cancellationToken) => _raised.Reader.ReadAsync(cancellationToken).AsTask();
}
