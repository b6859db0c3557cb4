using BayEdge.Core.Bays;
using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>The connection to the broker cannot be had or cannot be trusted any longer; the message is a sentence.</summary>
internal sealed class BrokerFaultException(Wording message, Exception? cause = null) : Exception(message.Text, cause)
{
    /// <summary>The message, in a form that a page can say in another language.</summary>
    public Phrase Says { get; } = message.Phrase;

    /// <summary>Trying again soon would do harm, for example to a device with the same identity.</summary>
    public bool RetrySlowly { get; init; }

    /// <summary>With which the broker refused the connection; null where it did not come to that.</summary>
    public MqttClientConnectResultCode? Refusal { get; init; }
}
