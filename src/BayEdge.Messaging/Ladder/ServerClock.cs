using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.Messaging.Ladder;

/// <summary>Asks a server what time it is: by NTP, else by the date that its web server stamps on an answer.</summary>
internal sealed class ServerClock(LadderOptions options, TimeProvider time)
{
    // RFC 4330, section 4: 48 octets; version 4, mode 3 (client), and mode 4 (server) in the answer.
    private const int PacketBytes = 48, ClientV4 = 0x23, ModeMask = 0x07, ServerMode = 4;

    // RFC 4330, section 3: seconds since 1900 and their 2^32nd parts, big-endian.
    private const int ReceiveTimestampAt = 32, TransmitTimestampAt = 40;
    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // RFC 9110, section 5.6.7: an HTTP date has whole seconds.
    private static readonly TimeSpan HttpPrecision = TimeSpan.FromSeconds(1);

    /// <summary>By how much the server's clock is ahead of the device's, and how surely; null when it does not tell.</summary>
    public async Task<(TimeSpan Skew, TimeSpan Precision)?> AskAsync(IPAddress server, CancellationToken cancellationToken) =>
        await LimitedAsync(limited => AskNtpAsync(server, limited), cancellationToken)
        ?? await LimitedAsync(limited => AskWebAsync(server, limited), cancellationToken);

    private async Task<(TimeSpan, TimeSpan)?> AskNtpAsync(IPAddress server, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, options.TimePort, cancellationToken);
        var packet = new byte[PacketBytes];
        packet[0] = ClientV4;
        var (sent, began) = (time.GetUtcNow(), time.GetTimestamp());
        await socket.SendAsync(packet, cancellationToken);
        if (await socket.ReceiveAsync(packet, cancellationToken) < PacketBytes || (packet[0] & ModeMask) != ServerMode)
            return null;

        // RFC 4330, section 5: ((T2 - T1) + (T3 - T4)) / 2.
        var took = time.GetElapsedTime(began);
        var skew = ((Read(packet, ReceiveTimestampAt) - sent) + (Read(packet, TransmitTimestampAt) - (sent + took))) / 2;
        return (skew, took / 2);
    }

    private async Task<(TimeSpan, TimeSpan)?> AskWebAsync(IPAddress server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Head, new UriBuilder("http", server.ToString(), options.WebPort).Uri);
        var began = time.GetTimestamp();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var took = time.GetElapsedTime(began);
        return answer.Headers.Date is { } date ? (date + (HttpPrecision / 2) - (time.GetUtcNow() - (took / 2)), HttpPrecision + took) : null;
    }

    private async Task<(TimeSpan, TimeSpan)?> LimitedAsync(Func<CancellationToken, Task<(TimeSpan, TimeSpan)?>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ClockLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception exception) when (exception is SocketException or HttpRequestException or OperationCanceledException)
        {
            // Most brokers tell no time; that is said, and is no fault.
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static DateTimeOffset Read(ReadOnlySpan<byte> packet, int at)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(packet[at..]);
        var parts = BinaryPrimitives.ReadUInt32BigEndian(packet[(at + sizeof(uint))..]);
        return NtpEpoch.AddSeconds(seconds).AddTicks((long)(parts / (double)uint.MaxValue * TimeSpan.TicksPerSecond));
    }
}
