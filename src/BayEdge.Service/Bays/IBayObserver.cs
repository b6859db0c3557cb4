using BayEdge.Contracts.State;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Bays;

/// <summary>Hears what the bay loop decides; must return at once.</summary>
internal interface IBayObserver
{
    /// <summary>The event of this transition is stored.</summary>
    void Decided(Transition transition);

    void BaysChanged(IReadOnlyList<BayStateMessage> bays);

    /// <param name="fault">Why the disk takes no events, in a sentence; null when it takes them again.</param>
    void StorageChanged(Phrase? fault);
}
