using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Publishing;

/// <summary>Keeps a listener's own error from the delivery; the first one is logged.</summary>
internal sealed class GuardedListener(IDeliveryListener listener, ILogger logger) : IDeliveryListener
{
    private int _said;

    public void Connected(string broker) => Guard(() => listener.Connected(broker));

    public void Disconnected(string reason) => Guard(() => listener.Disconnected(reason));

    public void Disconnected(Phrase reason) => Guard(() => listener.Disconnected(reason));

    public void Confirmed(IReadOnlyList<OutboxEntry> entries) => Guard(() => listener.Confirmed(entries));

    public void Endangered(IReadOnlyList<Phrase> problems) => Guard(() => listener.Endangered(problems));

    private void Guard(Action tell)
    {
        try
        {
            tell();
        }
#pragma warning disable CA1031 // Whoever only listens must not stop the delivery, whatever is wrong with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (Interlocked.Exchange(ref _said, 1) == 0)
                PublisherLog.ListenerFailed(logger, exception);
        }
    }
}
