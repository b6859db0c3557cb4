using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BayEdge.TestKit;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>
/// An RTSP camera on loopback (RFC 2326): ffmpeg makes the H.264 packets of a test picture, 10 a second, and the server
/// hands them on inside the connection or by UDP, whichever the client sets up.
/// </summary>
internal sealed class RtspServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly UdpClient _packets;
    private readonly CancellationTokenSource _stop = new();
    private readonly ToolProcess _encoder;
    private readonly Task _serving;

    private RtspServer(ToolProcess encoder, TcpListener listener, UdpClient packets)
    {
        (_encoder, _listener, _packets) = (encoder, listener, packets);
        _serving = ServeAsync();
    }

    /// <summary>Asks for this user and password, as <c>user:password</c>.</summary>
    public string? Login { get; init; }

    /// <summary>What the client asked for in its last SETUP.</summary>
    public string Transport { get; private set; } = "";

    public string Url => $"rtsp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/1";

    public static RtspServer Start(string? login = null, string size = "320x240")
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "The program ffmpeg is not installed.");
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var packets = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)packets.Client.LocalEndPoint!).Port;
        var encoder = ToolProcess.Start(
            "ffmpeg", "-v", "error", "-re", "-f", "lavfi", "-i", $"testsrc=size={size}:rate=10", "-c:v", "libx264", "-g", "5",
            "-tune", "zerolatency", "-x264-params", "repeat-headers=1", "-f", "rtp", $"rtp://127.0.0.1:{port}?pkt_size=1200");
        return new RtspServer(encoder, listener, packets) { Login = login };
    }

    /// <summary>Sends nothing more; the connection stays open.</summary>
    public void Freeze() => _encoder.Signal("STOP");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _encoder.DisposeAsync();
        await _serving;
        _listener.Stop();
        _packets.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            while (await ReadRequestAsync(reader) is { } request)
            {
                await AnswerAsync(stream, request);
                if (request.Method == "PLAY")
                    await PlayAsync(stream);
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private async Task AnswerAsync(NetworkStream stream, Request request)
    {
        var answer = new StringBuilder();
        var allowed = Login is null
            || request.Header("Authorization") == $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(Login))}";
        answer.Append(allowed ? "RTSP/1.0 200 OK\r\n" : "RTSP/1.0 401 Unauthorized\r\n");
        answer.Append(CultureInfo.InvariantCulture, $"CSeq: {request.Header("CSeq")}\r\n");
        var body = "";
        if (!allowed)
        {
            answer.Append("WWW-Authenticate: Basic realm=\"camera\"\r\n");
        }
        else if (request.Method == "DESCRIBE")
        {
            body = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:track1\r\n";
            answer.Append(CultureInfo.InvariantCulture, $"Content-Type: application/sdp\r\nContent-Length: {body.Length}\r\n");
        }
        else if (request.Method == "SETUP")
        {
            Transport = request.Header("Transport");
            var ports = Transport.Contains("TCP", StringComparison.Ordinal) ? "" : ";server_port=40000-40001";
            answer.Append(CultureInfo.InvariantCulture, $"Transport: {Transport}{ports}\r\nSession: 1\r\n");
        }
        else
        {
            answer.Append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\nSession: 1\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\r\n{body}"), _stop.Token);
    }

    private async Task PlayAsync(NetworkStream stream)
    {
        const string ClientPort = "client_port=";
        var at = Transport.IndexOf(ClientPort, StringComparison.Ordinal);
        if (at >= 0)
        {
            var port = int.Parse(Transport[(at + ClientPort.Length)..].Split('-', ';')[0], CultureInfo.InvariantCulture);
            while (true)
            {
                var packet = await _packets.ReceiveAsync(_stop.Token);
                await _packets.SendAsync(packet.Buffer, new IPEndPoint(IPAddress.Loopback, port), _stop.Token);
            }
        }

        while (true)
        {
            // Interleaved (RFC 2326, 10.12): $, channel, length, packet.
            var packet = (await _packets.ReceiveAsync(_stop.Token)).Buffer;
            await stream.WriteAsync((byte[])[(byte)'$', 0, (byte)(packet.Length >> 8), (byte)packet.Length, .. packet], _stop.Token);
        }
    }

    private async Task<Request?> ReadRequestAsync(StreamReader reader)
    {
        var first = await reader.ReadLineAsync(_stop.Token);
        if (first is null)
            return null;

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            var parts = line.Split(": ", 2);
            headers[parts[0]] = parts[^1];
        }

        return new Request(first.Split(' ')[0], headers);
    }

    private sealed record Request(string Method, Dictionary<string, string> Headers)
    {
        public string Header(string name) => Headers.GetValueOrDefault(name, "");
    }
}
