namespace BayEdge.Messaging.Publishing;

/// <summary>A message of a topic that the device reads.</summary>
/// <param name="IsRetained">The broker had kept it: it may be of any age.</param>
internal readonly record struct InboundMessage(string Topic, ReadOnlyMemory<byte> Payload, bool IsRetained);
