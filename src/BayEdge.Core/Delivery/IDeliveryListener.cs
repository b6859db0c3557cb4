using BayEdge.Core.Bays;

namespace BayEdge.Core.Delivery;

/// <summary>Hears how delivery goes: for the local page, the health topic and the demo.</summary>
public interface IDeliveryListener
{
    void Connected(string broker);

    /// <param name="reason">A sentence.</param>
    void Disconnected(string reason);

    /// <param name="reason">In a form that a page can say in another language.</param>
    void Disconnected(Phrase reason) => Disconnected(reason.Text);

    void Confirmed(IReadOnlyList<OutboxEntry> entries);

    /// <summary>What endangers the delivery, also where it works at the moment: replaces what was said before.</summary>
    /// <param name="problems">A sentence each; empty when nothing does.</param>
    void Endangered(IReadOnlyList<Phrase> problems)
    {
        // Most hear only how it goes.
    }
}
