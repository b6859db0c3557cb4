using System.Net;
using System.Net.Sockets;
using BayEdge.TestKit;

namespace BayEdge.Web.Tests.Running;

/// <summary>Between a phone and its device, whose power can be cut: then nothing comes any more, and nobody hangs up.</summary>
internal sealed class SilentLink : IDisposable
{
    private const int BufferBytes = 16_384;

    private readonly int _device;
    private readonly TcpListener _listener;
    private volatile TaskCompletionSource _power = Powered();

    public SilentLink(int device)
    {
        _device = device;
        _listener = new TcpListener(IPAddress.Loopback, LoopbackPorts.Free());
        _listener.Start();
        _ = LeadAsync();
    }

    public Uri Page => new($"http://{_listener.LocalEndpoint}");

    public void CutPower() => _power = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whatever was connected before is not known to the device any more.</summary>
    public void RestorePower() => _power.TrySetResult();

    public void Dispose()
    {
        _listener.Dispose();
        RestorePower();
    }

    private static TaskCompletionSource Powered()
    {
        var power = new TaskCompletionSource();
        power.SetResult();
        return power;
    }

    private async Task LeadAsync()
    {
        try
        {
            while (true)
                _ = JoinAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test ends.
        }
    }

    private async Task JoinAsync(TcpClient phone)
    {
        using var device = new TcpClient();
        using (phone)
        {
            try
            {
                await device.ConnectAsync(IPAddress.Loopback, _device);
                await Task.WhenAny(CopyAsync(phone.GetStream(), device.GetStream()), CopyAsync(device.GetStream(), phone.GetStream()));
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
            {
                // One end has gone.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[BufferBytes];
        while (await from.ReadAsync(buffer) is var length and > 0)
        {
            if (!_power.Task.IsCompleted)
            {
                await _power.Task;
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, length));
        }
    }
}
