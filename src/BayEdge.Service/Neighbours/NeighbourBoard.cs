using BayEdge.Contracts.Neighbours;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Neighbours;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Neighbours;

/// <summary>What this device has to tell the others of its site, and what it knows of them; used by every part of the service.</summary>
/// <param name="hadNeighbours">Whether the device knew of others when it last ran.</param>
internal sealed class NeighbourBoard(EdgeConfiguration configuration, TimeProvider time, bool hadNeighbours) : IBayObserver, IDeliveryListener
{
    private readonly Lock _lock = new();
    private readonly NeighbourOptions _options = NeighbourOptions.Default;
    private readonly TagAggregator _heard = new(new BayLayout(configuration), NeighbourOptions.Default, time.Observe());
    private readonly NeighbourReportReader _reader = new(configuration.Device, NeighbourOptions.Default);
    private readonly NeighbourPresence _presence = new(NeighbourOptions.Default, hadNeighbours ? time.Observe() : null);
    private HashSet<(string Bay, string Tag)> _visiting = [];

    /// <summary>Whether there are other devices, in reach or not.</summary>
    public bool HasNeighbours
    {
        get
        {
            lock (_lock)
                return _presence.HasNeighbours;
        }
    }

    public void Saw(TagSighting sighting)
    {
        lock (_lock)
            _heard.Add(sighting);
    }

    /// <summary>Reads one message of the neighbours' topic.</summary>
    public NeighbourNews Read(ReadOnlySpan<byte> payload)
    {
        var now = time.Observe();
        lock (_lock)
        {
            var news = _reader.Read(payload, now);
            if (news.Device is not null)
                _presence.Heard(now);
            return news;
        }
    }

    /// <summary>Whether the others can be heard, if that has changed.</summary>
    public NeighboursReachable? Settle()
    {
        lock (_lock)
            return _presence.Settle(time.Observe());
    }

    /// <summary>The next second that is to be told to the others; null when there is none yet.</summary>
    public TagSecond? TakeSecond()
    {
        lock (_lock)
            return _heard.Take(time.Observe(), _visiting);
    }

    /// <summary>The report of a second as it is sent now; null when it is too late for it.</summary>
    public NeighbourReport? Report(TagSecond second, string bootId) => second.Report(configuration.Device, bootId, time.Observe(), _options);

    public void Decided(Transition transition)
    {
        // What matters to the others shows in the bays.
    }

    public void BaysChanged(IReadOnlyList<BayStateMessage> bays)
    {
        var visiting = bays.SelectMany(bay => (bay.Vehicle?.Tags ?? []).Select(tag => (bay.Bay, tag))).ToHashSet();
        lock (_lock)
            _visiting = visiting;
    }

    public void StorageChanged(Phrase? fault)
    {
        // What was heard is told also while the disk takes nothing.
    }

    public void Connected(string broker)
    {
        lock (_lock)
            _presence.BrokerConnected(time.Observe());
    }

    public void Disconnected(string reason)
    {
        lock (_lock)
            _presence.BrokerLost();
    }

    public void Confirmed(IReadOnlyList<OutboxEntry> entries)
    {
        // Delivery of events is nothing to the neighbours.
    }
}
