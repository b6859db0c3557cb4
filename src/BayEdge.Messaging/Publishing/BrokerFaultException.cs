using BayEdge.Core.Bays;
using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>The connection to the broker cannot be had or cannot be trusted any longer; the message is a sentence.</summary>
internal sealed class BrokerFaultException(Wording message, Exception? cause = null) : Exception(message.Text, cause)
{
    /// <summary>One that the ladder has words for.</summary>
    public BrokerFaultException(Phrase rung, Exception? cause = null)
        : this(Wording.FromString($"{char.ToUpperInvariant(rung.Text[0])}{rung.Text[1..]}."), cause) => (Says, Rung) = (rung, rung);

    /// <summary>The same in the words of the ladder's rungs; null where it has none.</summary>
    public Phrase? Rung { get; init; }

    /// <summary>The message, in a form that a page can say in another language.</summary>
    public Phrase Says { get; } = message.Phrase;

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
