using BayEdge.Core.Delivery;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Commissioning;

/// <summary>Who listens to the watching of the bays from outside, through every restart of it.</summary>
/// <param name="Gate">What of the sightings reaches the bays; null for all.</param>
internal sealed record RuntimeObservers(
    IReadOnlyList<IBayObserver> Bays, IReadOnlyList<ISightingObserver> Sightings, IReadOnlyList<IDeliveryListener> Delivery, ISightingGate? Gate)
{
    public static RuntimeObservers None { get; } = new([], [], [], null);
}
