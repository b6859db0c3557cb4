using BayEdge.Core.Delivery;

namespace BayEdge.Service.Hosting;

/// <summary>Stands for the broker where none is configured: events stay in the journal, states have nowhere to go.</summary>
internal sealed class NoBroker : IRetainedPublisher
{
    public void Set(string topic, ReadOnlyMemory<byte> payload)
    {
        // The local page shows the same states.
    }
}
