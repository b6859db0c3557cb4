using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>The connection to the broker cannot be had or cannot be trusted any longer; the message is a sentence.</summary>
internal sealed class BrokerFaultException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Trying again soon would do harm, for example to a device with the same identity.</summary>
    public bool RetrySlowly { get; init; }

    /// <summary>With which the broker refused the connection; null where it did not come to that.</summary>
    public MqttClientConnectResultCode? Refusal { get; init; }
}
