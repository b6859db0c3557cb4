using System.Net.Sockets;
using BayEdge.Contracts;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mqtt;

/// <summary>What kept a connection to a broker from coming about, in words instead of the library's.</summary>
internal static class MqttFaults
{
    public static DeviceFaultException NotConnected(Exception cause, BrokerAddress broker, MqttTrust trust) =>
        trust.Fault ?? UnknownName.FaultOf(broker.Host, cause) ?? (IsNobodyThere(cause)
            ? new DeviceFaultException(
                DeviceFaultKind.Unreachable, $"No broker answers at {broker}. Check that it runs, the network and the setting url.", cause)
            : new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"What answers at {broker} does not speak MQTT as the setting url says. Check its port, and whether the broker wants TLS.",
                cause));

    /// <summary>Who resets a connection is there, and does not understand it.</summary>
    private static bool IsNobodyThere(Exception cause) =>
        cause is OperationCanceledException or SocketException { SocketErrorCode: not SocketError.ConnectionReset }
        || (cause.InnerException is { } inner && IsNobodyThere(inner));
}
