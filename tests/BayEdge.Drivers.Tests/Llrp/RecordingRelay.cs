using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>Stands between a client and a reader and keeps what the client says.</summary>
internal sealed class RecordingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream _fromClient = new();
    private readonly Task _relaying;

    public RecordingRelay(int readerPort, CancellationToken cancellationToken)
    {
        _listener.Start();
        _relaying = RelayAsync(readerPort, cancellationToken);
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The client's frames, once the client has gone.</summary>
    public async Task<IReadOnlyList<byte[]>> ClientFramesAsync()
    {
        await _relaying;
        return ClientFramesSoFar();
    }

    /// <summary>Waits until the client has sent a message of a type.</summary>
    public async Task UntilClientSendsAsync(int messageType, CancellationToken cancellationToken)
    {
        while (!ClientFramesSoFar().Any(frame => TypeOf(frame) == messageType))
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
    }

    public static int TypeOf(byte[] frame) => BinaryPrimitives.ReadUInt16BigEndian(frame) & 0x3FF;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _relaying.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>The whole frames so far.</summary>
    public IReadOnlyList<byte[]> ClientFramesSoFar()
    {
        const int header = 10;
        List<byte[]> frames = [];
        ReadOnlyMemory<byte> rest;
        lock (_fromClient)
            rest = _fromClient.ToArray();
        while (rest.Length >= header && (int)BinaryPrimitives.ReadUInt32BigEndian(rest.Span[2..]) is var length && length <= rest.Length)
        {
            frames.Add(rest[..length].ToArray());
            rest = rest[length..];
        }

        return frames;
    }

    private async Task RelayAsync(int readerPort, CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        using var reader = new TcpClient();
        await reader.ConnectAsync(IPAddress.Loopback, readerPort, cancellationToken);
        await using var fromClient = client.GetStream();
        await using var toReader = reader.GetStream();
        var answers = toReader.CopyToAsync(fromClient, cancellationToken);
        var buffer = new byte[4096];
        while (await fromClient.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            lock (_fromClient)
                _fromClient.Write(buffer, 0, count);
            await toReader.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        reader.Client.Shutdown(SocketShutdown.Send);
        await answers;
    }
}
