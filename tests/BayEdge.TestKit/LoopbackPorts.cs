using System.Net;
using System.Net.Sockets;

namespace BayEdge.TestKit;

public static class LoopbackPorts
{
    /// <summary>A TCP port on 127.0.0.1 that nobody listened on a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
