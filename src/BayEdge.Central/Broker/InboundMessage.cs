namespace BayEdge.Central.Broker;

/// <param name="IsRetained">The broker kept it from before the subscription.</param>
internal sealed record InboundMessage(string Topic, byte[] Payload, bool IsRetained = false);
