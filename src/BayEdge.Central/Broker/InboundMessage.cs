namespace BayEdge.Central.Broker;

internal sealed record InboundMessage(string Topic, byte[] Payload);
