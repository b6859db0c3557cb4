namespace BayEdge.Messaging.Commands;

/// <summary>A command as it came.</summary>
/// <param name="Name">The last level of its topic.</param>
/// <param name="IsRetained">The broker had kept it: it may be of any age.</param>
/// <param name="ResponseTopic">Where the caller wants the reply (MQTT 5); null where it does not say.</param>
/// <param name="CorrelationData">What the caller wants back with it (MQTT 5); null for nothing.</param>
public sealed record InboundCommand(
    string Name, ReadOnlyMemory<byte> Payload, bool IsRetained, string? ResponseTopic, ReadOnlyMemory<byte>? CorrelationData);

/// <summary>A reply on its way.</summary>
/// <param name="Topic">Where the caller wants it.</param>
/// <param name="OwnTopic">Where it goes when the broker does not let the device write there.</param>
public sealed record OutboundReply(string Topic, string OwnTopic, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte>? CorrelationData);

/// <summary>What became of a reply.</summary>
public enum ReplyFate
{
    Sent,

    /// <summary>The broker takes no message of that size.</summary>
    TooLarge,

    /// <summary>The broker went away or refused it; a caller that asks again with the same transaction gets it.</summary>
    Lost,
}
