using System.Net.Sockets;
using BayEdge.Contracts;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mqtt;

/// <summary>What kept a connection to a broker from coming about, in words instead of the library's.</summary>
internal static class MqttFaults
{
    public static DeviceFaultException NotConnected(Exception cause, BrokerAddress broker, MqttTrust trust)
    {
        if ((trust.Fault ?? UnknownName.FaultOf(broker.Host, cause)) is { } known)
            return known;
        return HungUp.Is(cause)
            ? new DeviceFaultException(
                DeviceFaultKind.Unreachable,
                $"What is at {broker} hung up without an answer; it may be starting. If this stays so, check its port, and whether the broker wants TLS.",
                cause)
            : IsNobodyThere(cause)
            ? new DeviceFaultException(
                DeviceFaultKind.Unreachable, $"No broker answers at {broker}. Check that it runs, the network and the setting url.", cause)
            : new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"What answers at {broker} does not speak MQTT as the setting url says. Check its port, and whether the broker wants TLS.",
                cause);
    }

    private static bool IsNobodyThere(Exception cause) =>
        cause is OperationCanceledException or SocketException || (cause.InnerException is { } inner && IsNobodyThere(inner));
}
