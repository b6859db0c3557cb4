using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>An HTTP camera on loopback: <c>multipart/x-mixed-replace</c> of JPEG pictures, 20 a second.</summary>
internal sealed class MjpegServer : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public MjpegServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>After so many pictures the camera freezes: the connection stays open and nothing more comes.</summary>
    public int? FreezesAfter { get; init; }

    /// <summary>After so many pictures the camera closes the connection.</summary>
    public int? ClosesAfter { get; init; }

    /// <summary>The path that gives pictures; any other is answered with 404.</summary>
    public string Path { get; init; } = "/video";

    /// <summary>Asks for this user and password, as <c>user:password</c>.</summary>
    public string? Login { get; init; }

    /// <summary>Takes connections and says nothing.</summary>
    public bool Mute { get; init; }

    public string ContentType { get; init; } = "multipart/x-mixed-replace; boundary=frame";

    /// <summary>Whether each picture is preceded by its length.</summary>
    public bool TellsLength { get; init; } = true;

    /// <summary>Whether each picture holds a small one, as Exif has it.</summary>
    public bool Thumbnail { get; init; }

    /// <summary>Sends every client to this address instead.</summary>
    public string? RedirectsTo { get; init; }

    /// <summary>Sends this picture for ever; null for one that moves.</summary>
    public Mat? Still { get; init; }

    /// <summary>Sends pictures that are none.</summary>
    public bool Damaged { get; init; }

    public string Url() => $"http://127.0.0.1:{Port}/video";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
                clients.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            if (Mute)
                await Task.Delay(Timeout.Infinite, _stop.Token);

            var request = await ReadRequestAsync(stream);
            if (Login is not null && !request.Contains(Convert.ToBase64String(Encoding.ASCII.GetBytes(Login)), StringComparison.Ordinal))
                await RefuseAsync(stream, "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"");
            else if (RedirectsTo is not null)
                await RefuseAsync(stream, $"302 Found\r\nLocation: {RedirectsTo}");
            else if (!request.StartsWith($"GET {Path} ", StringComparison.Ordinal))
                await RefuseAsync(stream, "404 Not Found");
            else
                await StreamAsync(stream);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task StreamAsync(NetworkStream stream)
    {
        await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: {ContentType}\r\n\r\n");
        for (var sent = 0; sent != ClosesAfter; sent++)
        {
            if (sent == FreezesAfter)
                await Task.Delay(Timeout.Infinite, _stop.Token);
            using var picture = Still?.Clone() ?? CameraBench.Picture(sent * 4 % 280);
            var jpeg = Damaged ? new byte[2000] : picture.ImEncode(".jpg");
            if (Thumbnail)
                jpeg = WithThumbnail(jpeg);
            var length = TellsLength ? $"Content-Length: {jpeg.Length}\r\n" : "";
            await WriteAsync(stream, $"--frame\r\nContent-Type: image/jpeg\r\n{length}\r\n");
            await stream.WriteAsync(jpeg, _stop.Token);
            await WriteAsync(stream, "\r\n");
            await Task.Delay(Interval, _stop.Token);
        }
    }

    // An APP1 segment behind the start of the picture (Exif 2.32, section 4.5); a real one wraps the small picture in TIFF tags.
    private static byte[] WithThumbnail(byte[] jpeg)
    {
        using var small = CameraBench.Picture(width: 64, height: 48);
        byte[] content = [.. "Exif\0\0"u8, .. small.ImEncode(".jpg")];
        var length = content.Length + 2;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. content, .. jpeg[2..]];
    }

    private ValueTask RefuseAsync(NetworkStream stream, string status) =>
        WriteAsync(stream, $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[1024];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await stream.ReadAsync(buffer, _stop.Token);
            if (length == 0)
                throw new IOException("closed");
            request.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        return request.ToString();
    }

    private ValueTask WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token);
}
