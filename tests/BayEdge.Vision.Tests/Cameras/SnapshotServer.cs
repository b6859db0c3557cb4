using System.Net;
using System.Text;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>An HTTP camera on loopback that answers each request with one JPEG picture.</summary>
internal sealed class SnapshotServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _asked;

    public SnapshotServer()
    {
        Url = $"http://127.0.0.1:{TestKit.LoopbackPorts.Free()}/snapshot.jpg";
        _listener.Prefixes.Add(Url.Replace("snapshot.jpg", "", StringComparison.Ordinal));
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Which requests, from 1, are answered with 503.</summary>
    public Func<int, bool> Busy { get; init; } = _ => false;

    /// <summary>From which request on the picture comes byte by byte and never ends.</summary>
    public int? DripsFrom { get; init; }

    /// <summary>What is sent; null for a picture that moves.</summary>
    public byte[]? Content { get; init; }

    public bool TellsLength { get; init; } = true;

    /// <summary>As <c>user:password</c>.</summary>
    public string? Login { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Abort();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
                answers.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var number = Interlocked.Increment(ref _asked);
            if (Login is not null && context.Request.Headers["Authorization"] != $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(Login))}")
            {
                context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"camera\"");
                context.Response.StatusCode = 401;
            }
            else if (Busy(number))
            {
                context.Response.StatusCode = 503;
            }
            else
            {
                await SendAsync(context.Response, number);
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task SendAsync(HttpListenerResponse response, int number)
    {
        using var picture = CameraBench.Picture(number * 4 % 280);
        var content = Content ?? picture.ImEncode(".jpg");
        response.ContentType = "image/jpeg";
        if (TellsLength)
            response.ContentLength64 = content.Length;
        else
            response.SendChunked = true;
        if (number < DripsFrom || DripsFrom is null)
        {
            await response.OutputStream.WriteAsync(content, _stop.Token);
            return;
        }

        foreach (var value in content)
        {
            response.OutputStream.WriteByte(value);
            await response.OutputStream.FlushAsync(_stop.Token);
            await Task.Delay(100, _stop.Token);
        }
    }
}
