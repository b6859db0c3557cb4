using System.Net.Sockets;

namespace BayEdge.Messaging.Transport;

/// <summary>A connection that acknowledges at once what it received.</summary>
/// <remarks>
/// Linux holds a TCP acknowledgement back for some 40 ms, and a broker that leaves Nagle's algorithm on, as Mosquitto does, holds its
/// next small packet back until that comes. TCP_QUICKACK lasts until the kernel thinks otherwise, so it is set after each read.
/// </remarks>
internal sealed class PromptStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    // linux/tcp.h; IPPROTO_TCP is 6.
    private const int TcpLevel = 6, QuickAck = 12;

    private static readonly byte[] On = [1, 0, 0, 0];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await base.ReadAsync(buffer, cancellationToken);
        if (count > 0 && OperatingSystem.IsLinux())
            Acknowledge();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private void Acknowledge()
    {
        try
        {
            Socket.SetRawSocketOption(TcpLevel, QuickAck, On);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Only slower; and a connection that is gone shows at the next read.
        }
    }
}
