using System.Net.Sockets;
using BayEdge.Core.Bays;
using BayEdge.Messaging.Transport;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace BayEdge.Messaging.Publishing;

/// <summary>Turns what MQTTnet and the network say into a sentence for the person at the device.</summary>
internal static class BrokerFaults
{
    public static BrokerFaultException Unreachable(Exception exception, MqttPublisherOptions options)
    {
        var broker = options.Broker;
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case BrokerFaultException fault:
                    return fault;
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused when options.Proxy is not null:
                    return ProxyTunnel.Refused(options, (int?)refused.StatusCode, refused);
                case SocketException socket when options.Proxy is not null && options.Broker.WebSocketUrl is not null:
                    return ProxyTunnel.Unreachable(options, socket);
                // Who resets a connection is there, and does not understand it.
                case SocketException { SocketErrorCode: not SocketError.ConnectionReset } socket:
                    return new BrokerFaultException(Explain(socket, options), exception) { Kind = BrokerFaultKind.NobodyThere };
            }
        }

        return new BrokerFaultException(
            $"The broker {broker} cannot be used ({exception.Message.TrimEnd('.')}): check that port and path are those for {ProtocolOf(options)}.", exception);
    }

    public static BrokerFaultException Silent(MqttPublisherOptions options) =>
        new($"The broker {options.Broker} did not answer within {options.AnswerLimit.TotalSeconds:0.#} s: check the network and the broker's load.");

    /// <summary>Not even TCP answered.</summary>
    public static BrokerFaultException NotReached(MqttPublisherOptions options) =>
        new($"The broker {options.Broker} did not answer within {options.ReachLimit.TotalSeconds:0.#} s: check that it is switched on, the network, and whether a firewall stands between.")
        {
            Kind = BrokerFaultKind.NobodyThere,
        };

    public static BrokerFaultException Refused(MqttClientConnectResultCode code, MqttPublisherOptions options) => new(code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized =>
            Wording.Of($"The broker {options.Broker} refuses {Account(options)}: put the right user name and password into the secrets "
                + $"file, or allow the account at the broker."),
        MqttClientConnectResultCode.ClientIdentifierNotValid =>
            $"The broker {options.Broker} refuses the client id '{options.ClientId}': allow it at the broker.",
        MqttClientConnectResultCode.Banned => $"The broker {options.Broker} has banned this device: lift the ban at the broker.",
        _ => $"The broker {options.Broker} refuses the connection ({code}): see the broker's log.",
    })
    { Refusal = code };

    public static BrokerFaultException Lost(MqttClientDisconnectedEventArgs disconnected, MqttPublisherOptions options)
    {
        if (disconnected.Exception is MqttClientUnexpectedDisconnectReceivedException { ReasonCode: MqttDisconnectReasonCode.SessionTakenOver }
            || disconnected.Reason == MqttClientDisconnectReason.SessionTakenOver)
        {
            return new BrokerFaultException(
                $"Another device connected to {options.Broker} with the client id '{options.ClientId}': give each device its own id.",
                disconnected.Exception)
            { Kind = BrokerFaultKind.TakenOver };
        }

        if (disconnected.Exception is MqttClientUnexpectedDisconnectReceivedException { ReasonCode: not MqttDisconnectReasonCode.NormalDisconnection } said)
        {
            return new BrokerFaultException(
                $"The broker {options.Broker} ended the connection and gives as its reason: {said.ReasonCode}; see the broker's log.", said);
        }

        // Mosquitto 2.0 hangs up on the older of two namesakes without a word.
        return new BrokerFaultException(
            $"The broker {options.Broker} closed the connection: if this comes back, see the broker's log, and look for a second "
            + $"device with the client id '{options.ClientId}'.",
            disconnected.Exception)
        { Kind = BrokerFaultKind.HungUp };
    }

    // By its name, which is the same in every language.
    private static string ProtocolOf(MqttPublisherOptions options) =>
        $"MQTT{(options.Broker.WebSocketUrl is null ? "" : " over WebSockets")}{(options.Broker.Tls ? " over TLS" : "")}";

    private static Wording Account(MqttPublisherOptions options) =>
        options.Secrets.MqttUser is { } user ? Wording.Of($"the user '{user}'") : "a device without user name";

    private static Wording Explain(SocketException socket, MqttPublisherOptions options) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => Wording.Of($"Nothing listens at {options.Broker}: check that the broker runs, and its host and port."),
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
            $"The name '{options.Broker.Host}' is not known here: check the broker's host name and the network's name server.",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown =>
            $"There is no way to {options.Broker}: check the cable or the wireless network.",
        _ => $"The broker {options.Broker} cannot be reached ({socket.SocketErrorCode}): check the network and the broker.",
    };
}
