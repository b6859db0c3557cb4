using System.Net;
using System.Net.Sockets;

namespace BayEdge.Service.Hosting;

/// <summary>Finds the page a port: a taken one must not keep the bays from being watched.</summary>
internal static class PagePort
{
    /// <summary>The wanted URL, or the same with any free port when somebody else listens there.</summary>
    public static Uri Choose(Uri wanted, Serilog.ILogger logger)
    {
        if (wanted.Port == 0 || !IPAddress.TryParse(wanted.Host, out var address) || IsFree(address, wanted.Port))
            return wanted;
        logger.Warning("Another program listens on {Page}; the local page takes another port", wanted);
        return new UriBuilder(wanted) { Port = 0 }.Uri;
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
