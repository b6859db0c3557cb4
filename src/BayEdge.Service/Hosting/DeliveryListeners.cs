using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;

namespace BayEdge.Service.Hosting;

/// <summary>Tells several listeners.</summary>
internal sealed class DeliveryListeners(IEnumerable<IDeliveryListener> listeners) : IDeliveryListener
{
    public void Connected(string broker) => Tell(listener => listener.Connected(broker));

    public void Disconnected(string reason) => Tell(listener => listener.Disconnected(reason));

    public void Disconnected(Phrase reason) => Tell(listener => listener.Disconnected(reason));

    public void Confirmed(IReadOnlyList<OutboxEntry> entries) => Tell(listener => listener.Confirmed(entries));

    public void Endangered(IReadOnlyList<Phrase> problems) => Tell(listener => listener.Endangered(problems));

    private void Tell(Action<IDeliveryListener> tell)
    {
        foreach (var listener in listeners)
            tell(listener);
    }
}
