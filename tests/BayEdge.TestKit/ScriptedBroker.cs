using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BayEdge.TestKit;

/// <summary>Speaks just enough MQTT 5 to say what a real broker says only in trouble.</summary>
/// <remarks>MQTT 5.0: packets in chapter 3, properties in section 2.2.2.</remarks>
public sealed class ScriptedBroker : IAsyncDisposable
{
    public const byte QuotaExceeded = 0x97;

    private const byte ConnectType = 1, PublishType = 3, SubscribeType = 8, PingRequestType = 12;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<Task, bool> _serving = new();
    private int _unanswered;
    private int _pings;

    public ScriptedBroker()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What CONNACK says of the broker: each a property's identifier and value.</summary>
    public List<byte> ConnackProperties { get; } = [];

    /// <summary>The reason code of PUBACK for a topic.</summary>
    public Func<string, byte> Answer { get; set; } = _ => 0;

    /// <summary>Whether PUBACKs wait until <see cref="Release"/>.</summary>
    public bool HoldsBack { get; set; }

    /// <summary>Ends when the broker reads on; until then, what is sent fills the buffers between.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    /// <summary>Every publish with QoS 1, as its topic and the size of its packet.</summary>
    public ConcurrentQueue<(string Topic, int Bytes)> Published { get; } = new();

    public int Pings => Volatile.Read(ref _pings);

    /// <summary>The most publishes that waited for their PUBACK at once.</summary>
    public int MostUnanswered { get; private set; }

    private TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ServerKeepAlive(ushort seconds) => ConnackProperties.AddRange([19, (byte)(seconds >> 8), (byte)seconds]);

    public void ReceiveMaximum(ushort count) => ConnackProperties.AddRange([33, (byte)(count >> 8), (byte)count]);

    public void MaximumPacketSize(int bytes)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, bytes);
        ConnackProperties.AddRange([39, .. size]);
    }

    public void Release() => Released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _stop.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_serving.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _serving[ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token))] = true;
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (await ReadPacketAsync(stream) is var (header, body))
            {
                switch (header >> 4)
                {
                    case ConnectType:
                        await WriteAsync(stream, 0x20, [0, 0, (byte)ConnackProperties.Count, .. ConnackProperties]);
                        break;
                    case SubscribeType:
                        // One reason code for each filter; more than the filters do no harm to a reader that counts.
                        await WriteAsync(stream, 0x90, [body[0], body[1], 0, .. new byte[CountFilters(body)]]);
                        break;
                    case PingRequestType:
                        Interlocked.Increment(ref _pings);
                        await WriteAsync(stream, 0xD0, []);
                        break;
                    case PublishType when (header & 0b110) != 0:
                        Note(body);
                        _ = AcknowledgeAsync(stream, body);
                        break;
                }
            }
        }
    }

    private void Note(byte[] body)
    {
        Published.Enqueue((TopicOf(body), body.Length + 1 + LengthBytes(body.Length)));
        MostUnanswered = Math.Max(MostUnanswered, Interlocked.Increment(ref _unanswered));
    }

    private async Task AcknowledgeAsync(NetworkStream stream, byte[] body)
    {
        if (HoldsBack)
            await Released.Task;
        Interlocked.Decrement(ref _unanswered);
        var topic = TopicOf(body);
        var at = 2 + Encoding.UTF8.GetByteCount(topic);
        await WriteAsync(stream, 0x40, [body[at], body[at + 1], Answer(topic), 0]);
    }

    private static string TopicOf(byte[] body) => Encoding.UTF8.GetString(body, 2, BinaryPrimitives.ReadUInt16BigEndian(body));

    private static int CountFilters(byte[] body)
    {
        var count = 0;
        for (var at = 3 + body[2]; at < body.Length; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at)) + 1)
            count++;
        return count;
    }

    private async Task<(byte Header, byte[] Body)?> ReadPacketAsync(NetworkStream stream)
    {
        try
        {
            var one = new byte[1];
            await stream.ReadExactlyAsync(one, _stop.Token);
            var (header, length, shift) = (one[0], 0, 0);
            do
            {
                await stream.ReadExactlyAsync(one, _stop.Token);
                length |= (one[0] & 0x7F) << shift;
                shift += 7;
            }
            while ((one[0] & 0x80) != 0);
            var body = new byte[length];
            await Reading.WaitAsync(_stop.Token);
            await stream.ReadExactlyAsync(body, _stop.Token);
            return (header, body);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task WriteAsync(NetworkStream stream, byte header, byte[] body)
    {
        try
        {
            // No answer here is as long as 128 bytes, so its length takes one.
            await stream.WriteAsync((byte[])[header, (byte)body.Length, .. body], _stop.Token);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The device has gone.
        }
    }

    private static int LengthBytes(int length) => length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : 4;
}
