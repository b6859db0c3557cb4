using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Status;

/// <summary>The last decisions of all bays; outlives a change of the configuration, but not the service.</summary>
internal sealed class RecentEvents : IBayObserver
{
    private const int Kept = 200;

    private ImmutableList<EventView> _events = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<EventView> Read() => Volatile.Read(ref _events);

    public void Decided(Transition transition)
    {
        var events = _events.Insert(0, EventView.Of(transition));
        Volatile.Write(ref _events, events.Count > Kept ? events.RemoveAt(Kept) : events);
    }

    public void BaysChanged(IReadOnlyList<BayStateMessage> bays)
    {
        // Decisions tell how it came to that.
    }

    public void StorageChanged(Phrase? fault)
    {
        // A decision is heard of when it is stored.
    }
}
