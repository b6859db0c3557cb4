using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Push;

/// <summary>Knows one format of pushed messages. For one sender; it learns the sender's clock.</summary>
internal interface IPushMapper
{
    /// <summary>A connection begins: what was held back meanwhile may come first.</summary>
    void Connected(ObservedAt now);

    /// <summary>The sightings of one message in order of time; none when it says only that the sender lives.</summary>
    /// <exception cref="PushFormatException">Something is wrong with the message; then nothing of it counts.</exception>
    IReadOnlyList<Sighting> Map(ReadOnlyMemory<byte> body, ObservedAt arrival);
}
