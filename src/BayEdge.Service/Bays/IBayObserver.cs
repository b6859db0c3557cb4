using BayEdge.Contracts.State;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Bays;

/// <summary>Hears what the bay loop decides; must return at once.</summary>
internal interface IBayObserver
{
    void Decided(Transition transition);

    void BaysChanged(IReadOnlyList<BayStateMessage> bays);
}
