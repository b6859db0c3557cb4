using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.Simulator.Tests.Readers;

/// <summary>A client that sends bytes from the specification and keeps every frame that comes.</summary>
internal sealed class RawClient : IDisposable
{
    /// <summary>ADD_ROSPEC 123 for antenna 2, immediate start, every tag reported with all its fields.</summary>
    public const string AddRoSpec =
        "0414" + "00000050" + "00000014"
        + "00B1" + "0046" + "0000007B" + "00" + "00"
        + "00B2" + "0012" + "00B3" + "0005" + "01" + "00B6" + "0009" + "00" + "00000000"
        + "00B7" + "0018" + "0001" + "0002" + "00B8" + "0009" + "00" + "00000000" + "00BA" + "0007" + "0001" + "01"
        + "00ED" + "0012" + "01" + "0001" + "00EE" + "000B" + "FFC0" + "015C" + "0005" + "00";

    public const string EnableRoSpec = "0418" + "0000000E" + "00000018" + "0000007B";

    private readonly TcpClient _tcp = new();

    public List<byte[]> Frames { get; } = [];

    public static async Task<RawClient> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return client;
    }

    public async Task SendAsync(string hex, CancellationToken cancellationToken) =>
        await _tcp.GetStream().WriteAsync(Convert.FromHexString(hex), cancellationToken);

    public async Task<byte[]> ReceiveAsync(CancellationToken cancellationToken)
    {
        var header = new byte[10];
        await _tcp.GetStream().ReadExactlyAsync(header, cancellationToken);
        var frame = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2))];
        header.CopyTo(frame, 0);
        await _tcp.GetStream().ReadExactlyAsync(frame.AsMemory(10), cancellationToken);
        Frames.Add(frame);
        return frame;
    }

    public async Task<byte[]> AskAsync(string hex, CancellationToken cancellationToken)
    {
        await SendAsync(hex, cancellationToken);
        return await ReceiveAsync(cancellationToken);
    }

    /// <summary>Reads until the reader has hung up.</summary>
    public async Task UntilClosedAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        while (await _tcp.GetStream().ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    public void Dispose() => _tcp.Dispose();
}
