namespace BayEdge.Core.Delivery;

/// <summary>Hears how delivery goes: for the local page, the health topic and the demo.</summary>
public interface IDeliveryListener
{
    void Connected(string broker);

    /// <param name="reason">A sentence.</param>
    void Disconnected(string reason);

    void Confirmed(IReadOnlyList<OutboxEntry> entries);
}
