namespace BayEdge.Core.Delivery;

/// <summary>Keeps the retained topics of the device as they were last set, through every reconnect.</summary>
public interface IRetainedPublisher
{
    /// <summary>Replaces the content of a retained topic; published now or as soon as the broker can be reached.</summary>
    void Set(string topic, ReadOnlyMemory<byte> payload);
}
