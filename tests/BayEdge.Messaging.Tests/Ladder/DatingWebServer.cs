using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BayEdge.Messaging.Tests.Ladder;

/// <summary>A web server that stamps its date on every answer, as all do.</summary>
internal sealed class DatingWebServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TimeSpan _ahead;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public DatingWebServer(TimeSpan ahead)
    {
        _ahead = ahead;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                if (await stream.ReadAsync(new byte[4096], _stop.Token) == 0)
                    continue;
                var date = (DateTimeOffset.UtcNow + _ahead).ToString("R", CultureInfo.InvariantCulture);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 204 No Content\r\nDate: {date}\r\nConnection: close\r\n\r\n"), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The test is over, or a client went away.
        }
    }
}
