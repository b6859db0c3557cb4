using System.Net.Sockets;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>A name that the network does not know, so that nobody looks for the fault at the device.</summary>
internal static class UnknownName
{
    /// <returns>Null when the cause is another.</returns>
    public static DeviceFaultException? FaultOf(string host, Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData })
            {
                return new DeviceFaultException(
                    DeviceFaultKind.Unreachable,
                    $"The name '{host}' is not known here. Check its spelling and the network's name server, or enter the address in numbers.",
                    cause);
            }
        }

        return null;
    }
}
