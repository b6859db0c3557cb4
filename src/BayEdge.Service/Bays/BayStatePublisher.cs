using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;

namespace BayEdge.Service.Bays;

/// <summary>Keeps the retained state of every bay at the broker.</summary>
internal sealed class BayStatePublisher(EdgeConfiguration configuration, IRetainedPublisher publisher) : IBayObserver
{
    private readonly Dictionary<string, BayStateMessage> _last = new(StringComparer.Ordinal);

    public void Decided(Transition transition)
    {
        // The event goes by way of the journal.
    }

    public void StorageChanged(Phrase? fault)
    {
        // A state is published when it is stored; until then the one before holds.
    }

    public void BaysChanged(IReadOnlyList<BayStateMessage> bays)
    {
        foreach (var bay in bays)
        {
            if (_last.TryGetValue(bay.Bay, out var last) && last with { AsOf = bay.AsOf } == bay)
                continue;
            _last[bay.Bay] = bay;
            publisher.Set(
                Topics.BayState(configuration.Site, configuration.Device, bay.Bay),
                JsonSerializer.SerializeToUtf8Bytes(bay, ContractsJson.Wire.BayStateMessage));
        }
    }
}
