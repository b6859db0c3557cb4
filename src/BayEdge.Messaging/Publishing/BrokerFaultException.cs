using BayEdge.Core.Bays;
using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>The connection to the broker cannot be had or cannot be trusted any longer; the message is a sentence.</summary>
internal sealed class BrokerFaultException(string message, Exception? cause = null) : Exception(message, cause)
{
    public BrokerFaultException(Phrase says, Exception? cause = null)
        : this($"{char.ToUpperInvariant(says.Text[0])}{says.Text[1..]}.", cause) => Says = says;

    /// <summary>The message in a form that the page can say in its languages; null where only the log needs it.</summary>
    public Phrase? Says { get; init; }

    /// <summary>Where trying soon does no good, or harm.</summary>
    public BrokerFaultKind Kind { get; init; }

    /// <summary>With which the broker refused the connection; null where it did not come to that.</summary>
    public MqttClientConnectResultCode? Refusal { get; init; }
}

/// <summary>What a fault means for the next attempt.</summary>
internal enum BrokerFaultKind
{
    /// <summary>The broker is there and something is wrong: attempts become rarer.</summary>
    Refused,

    /// <summary>Nobody answers at all: asking costs nothing, and whoever comes back is to be found soon.</summary>
    NobodyThere,

    /// <summary>The broker closed a connection that had been made, without saying why.</summary>
    HungUp,

    /// <summary>Another device took the connection over: trying soon takes it from that one.</summary>
    TakenOver,

    /// <summary>The certificates were renewed: a new connection is wanted at once.</summary>
    Renewed,
}
