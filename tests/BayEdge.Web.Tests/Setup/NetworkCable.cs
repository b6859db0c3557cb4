using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BayEdge.TestKit;

namespace BayEdge.Web.Tests.Setup;

/// <summary>Between the device and its broker, for the installer to pull and plug in again.</summary>
internal sealed class NetworkCable : IDisposable
{
    private readonly int _broker;
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private TcpListener? _listener;

    public NetworkCable(int broker)
    {
        _broker = broker;
        PlugIn();
    }

    public int Port { get; } = LoopbackPorts.Free();

    public void PlugIn()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = LeadAsync(_listener);
    }

    public void Pull()
    {
        _listener?.Dispose();
        while (_ends.TryTake(out var end))
            end.Dispose();
    }

    public void Dispose() => Pull();

    private async Task LeadAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = JoinAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is pulled.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        var far = new TcpClient();
        _ends.Add(near);
        _ends.Add(far);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _broker);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end has gone, or the cable is pulled.
        }

        near.Dispose();
        far.Dispose();
    }
}
