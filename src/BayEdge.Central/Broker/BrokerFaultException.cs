namespace BayEdge.Central.Broker;

/// <summary>The broker cannot be reached or refuses. The message is a sentence.</summary>
internal sealed class BrokerFaultException(string message, Exception? cause = null) : Exception(message, cause);
