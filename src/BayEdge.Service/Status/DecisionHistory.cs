using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Status;

/// <summary>The last decisions of each bay, with their evidence.</summary>
/// <remarks>Written by the bay loop alone; a reader takes the whole of it, as it is at that moment.</remarks>
internal sealed class DecisionHistory : IBayObserver
{
    private const int KeptOfABay = 20;

    private ImmutableDictionary<string, ImmutableList<EventView>> _bays = ImmutableDictionary.Create<string, ImmutableList<EventView>>(StringComparer.Ordinal);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<EventView> Of(string bay) => Volatile.Read(ref _bays).GetValueOrDefault(bay, []);

    public void Decided(Transition transition)
    {
        var kept = _bays.GetValueOrDefault(transition.Bay, []).Insert(0, EventView.Of(transition));
        Volatile.Write(ref _bays, _bays.SetItem(transition.Bay, kept.Count > KeptOfABay ? kept.RemoveAt(KeptOfABay) : kept));
    }

    public void BaysChanged(IReadOnlyList<BayStateMessage> bays)
    {
        // What they are is decided by what is kept here already.
    }

    public void StorageChanged(Phrase? fault)
    {
        // A decision is heard of when it is stored.
    }
}
