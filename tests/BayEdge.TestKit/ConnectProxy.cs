using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BayEdge.TestKit;

/// <summary>An HTTP proxy that knows CONNECT only, and leads every name to this computer.</summary>
public sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly string? _login;

    /// <param name="login">Such as <c>user:password</c>; null where anybody may pass.</param>
    public ConnectProxy(string? login = null)
    {
        _login = login;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What it answers instead of letting anybody through; null for nothing.</summary>
    public string? Refusal { get; set; }

    /// <summary>Where connections were asked for, such as <c>broker:8883</c>.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var head = "";
            var one = new byte[1];
            while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stop.Token) == 1)
                head += (char)one[0];
            var target = head.Split(' ') is ["CONNECT", var asked, ..] ? asked : null;
            if (target is null)
                return;
            Targets.Enqueue(target);
            var wanted = _login is null ? "" : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_login))}";
            var refusal = Refusal ?? (head.Contains(wanted, StringComparison.Ordinal) ? null : "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
            if (refusal is not null)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{refusal}\r\nContent-Length: 0\r\n\r\n"), _stop.Token);
                return;
            }

            using var onward = new TcpClient();
            await onward.ConnectAsync(IPAddress.Loopback, int.Parse(target.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture), _stop.Token);
            await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
            await Task.WhenAny(
                stream.CopyToAsync(onward.GetStream(), _stop.Token),
                onward.GetStream().CopyToAsync(stream, _stop.Token));
        }
    }
}
