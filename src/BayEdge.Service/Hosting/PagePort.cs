using System.Net;
using System.Net.Sockets;

namespace BayEdge.Service.Hosting;

/// <summary>Finds the page a place to listen: one that is not to be had must not keep the bays from being watched.</summary>
internal static partial class PagePort
{
    /// <param name="wanted">With a numeric address; port 0 takes any free one.</param>
    /// <returns>The wanted URL; where its port is taken, the same with any free port; where the address is another computer's, the loopback.</returns>
    public static Uri Choose(Uri wanted, Serilog.ILogger logger)
    {
        var address = IPAddress.Parse(wanted.Host);
        switch (FaultOf(address, wanted.Port))
        {
            case null:
                return wanted;
            case SocketError.AddressNotAvailable:
                logger.Warning("This computer does not have the address {Address}; the local page opens for this computer only", address);
                return new UriBuilder(wanted) { Host = "127.0.0.1", Port = 0 }.Uri;
            case SocketError.AccessDenied:
                logger.Warning("This user may not listen on port {Port}; the local page takes another port", wanted.Port);
                return new UriBuilder(wanted) { Port = 0 }.Uri;
            default:
                logger.Warning("Another program listens on {Page}; the local page takes another port", wanted);
                return new UriBuilder(wanted) { Port = 0 }.Uri;
        }
    }

    /// <summary>Says where the page is; only a service that has started knows.</summary>
    public static void Announce(WebApplication service)
    {
        var page = string.Join(", ", service.Urls);
        Log.PageOpen(service.Logger, page);
    }

    private static SocketError? FaultOf(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "The local page is at {Page}")]
        public static partial void PageOpen(ILogger logger, string page);
    }
}
