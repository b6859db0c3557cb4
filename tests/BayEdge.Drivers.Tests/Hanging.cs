using System.Net.Sockets;

namespace BayEdge.Drivers.Tests;

/// <summary>Something that takes connections and does not want them.</summary>
internal static class Hanging
{
    /// <param name="resets">Whether it breaks a connection off instead of ending it.</param>
    public static async Task UpOnAllAsync(TcpListener listener, bool resets)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                using var client = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
                await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
                if (resets)
                    client.LingerState = new LingerOption(true, 0);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}
