namespace BayEdge.Messaging.Publishing;

/// <summary>A message of a topic that the device reads.</summary>
/// <param name="IsRetained">The broker had kept it: it may be of any age.</param>
/// <param name="ResponseTopic">Where the sender wants a reply (MQTT 5).</param>
/// <param name="CorrelationData">What it wants back with the reply (MQTT 5).</param>
internal readonly record struct InboundMessage(
    string Topic, ReadOnlyMemory<byte> Payload, bool IsRetained, string? ResponseTopic, ReadOnlyMemory<byte>? CorrelationData);
