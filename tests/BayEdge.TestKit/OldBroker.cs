using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.TestKit;

/// <summary>Stands before a real broker and refuses every version but MQTT 3.1.1, in the way of such a broker.</summary>
public sealed class OldBroker : IAsyncDisposable
{
    // MQTT 3.1.1 section 3.2: CONNACK, return code 1, unacceptable protocol version.
    private static readonly byte[] Unacceptable = [0x20, 0x02, 0x00, 0x01];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly int _port;

    public OldBroker(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ConcurrentQueue<int> AskedVersions { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task ServeAsync(TcpClient device)
    {
        using (device)
        {
            var connect = new byte[4096];
            var length = await device.GetStream().ReadAsync(connect, _stop.Token);
            // Fixed header (1 + 1 or 2 bytes), then the protocol name "MQTT" after its length, then the level.
            var level = connect[connect.AsSpan().IndexOf("MQTT"u8) + 4];
            AskedVersions.Enqueue(level);
            if (level != 4)
            {
                await device.GetStream().WriteAsync(Unacceptable, _stop.Token);
                return;
            }

            using var broker = new TcpClient();
            await broker.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
            await broker.GetStream().WriteAsync(connect.AsMemory(0, length), _stop.Token);
            await Task.WhenAny(
                device.GetStream().CopyToAsync(broker.GetStream(), _stop.Token),
                broker.GetStream().CopyToAsync(device.GetStream(), _stop.Token));
        }
    }
}
