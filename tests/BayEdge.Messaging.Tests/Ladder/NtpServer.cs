using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.Messaging.Tests.Ladder;

/// <summary>An NTP server (RFC 4330) whose clock is ahead by a given time.</summary>
internal sealed class NtpServer : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly TimeSpan _ahead;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public NtpServer(TimeSpan ahead)
    {
        _ahead = ahead;
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var asked = await _socket.ReceiveAsync(_stop.Token);
                var answer = new byte[48];
                answer[0] = 0x24;
                var seconds = (DateTimeOffset.UtcNow + _ahead - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
                foreach (var at in (int[])[32, 40])
                {
                    BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(at), (uint)seconds);
                    BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(at + 4), (uint)((seconds - Math.Floor(seconds)) * uint.MaxValue));
                }

                await _socket.SendAsync(answer, asked.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
