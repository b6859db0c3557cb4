using System.Net;
using System.Net.Sockets;

namespace BayEdge.Service.Hosting;

/// <summary>Finds the page a place to listen.</summary>
internal static class PagePort
{
    /// <param name="wanted">With a numeric address; port 0 takes any free one.</param>
    /// <param name="insisted">Whether a person asked for just this place, and would look for the page there.</param>
    /// <returns>
    /// The wanted URL; where its port is taken and nobody insisted, the same with any free port; where the address is another
    /// computer's, or this one's only after a while, the loopback.
    /// </returns>
    /// <exception cref="PagePortException">The port is taken by another program, and somebody insisted on it.</exception>
    public static Uri Choose(Uri wanted, bool insisted, Serilog.ILogger logger)
    {
        var address = IPAddress.Parse(wanted.Host.Trim('[', ']'));
        switch (FaultOf(address, wanted.Port))
        {
            case null:
                return wanted;
            case SocketError.AddressNotAvailable:
                logger.Warning("This computer does not have the address {Address}; the local page opens for this computer only", address);
                return new UriBuilder(wanted) { Host = "127.0.0.1", Port = 0 }.Uri;
            case SocketError.AccessDenied when insisted:
                throw new PagePortException($"--page: this user may not listen on port {wanted.Port}; name a port from 1024 on, or give the service the right to.");
            case SocketError.AccessDenied:
                logger.Warning("This user may not listen on port {Port}; the local page takes another port", wanted.Port);
                return new UriBuilder(wanted) { Port = 0 }.Uri;
            case var _ when insisted:
                throw new PagePortException($"--page: another program listens on {wanted.Authority} already; stop that one, or name another port.");
            default:
                logger.Warning("Another program listens on {Page}; the local page takes another port", wanted);
                return new UriBuilder(wanted) { Port = 0 }.Uri;
        }
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
}

/// <summary>The page cannot listen where it was told to.</summary>
internal sealed class PagePortException(string message) : Exception(message);
