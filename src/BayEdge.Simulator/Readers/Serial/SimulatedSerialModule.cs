using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace BayEdge.Simulator.Readers.Serial;

/// <summary>A reader module at the far end of a serial line.</summary>
/// <remarks>
/// It listens on a loopback port for the line: a program such as socat ties that port to a pseudo terminal, which the driver
/// opens as it opens any serial port. What a module was told outlives the line, as it does while an adapter is pulled out
/// of a powered module. Members may be called from any thread.
/// </remarks>
public abstract class SimulatedSerialModule(TimeProvider time) : IAsyncDisposable
{
    /// <summary>A frame that pauses longer was none, and what follows is a new one.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();
    private Task _serving = Task.CompletedTask;
    private bool _silent;
    private bool _connected;

    /// <summary>Where the line is tied to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Held while the module obeys or reads.</summary>
    protected Lock Sync { get; } = new();

    /// <summary>Sends bytes as they are, as a disturbed line would.</summary>
    public void SendGarbage(byte[] bytes) => Send(bytes);

    /// <summary>Says nothing any more, as a module without power.</summary>
    public void FallSilent()
    {
        lock (Sync)
            _silent = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stopped.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void Begin()
    {
        _listener.Start();
        _serving = ServeAllAsync();
    }

    protected void Send(byte[] bytes)
    {
        lock (Sync)
        {
            if (_connected && !_silent)
                _outgoing.Writer.TryWrite(bytes);
        }
    }

    /// <summary>Takes in what came over the line; called with <see cref="Sync"/> held.</summary>
    /// <param name="pending">Everything not yet understood, to be shortened by what is.</param>
    protected abstract void Receive(List<byte> pending);

    private async Task ServeAllAsync()
    {
        try
        {
            while (!_stopped.IsCancellationRequested)
            {
                using var socket = await _listener.AcceptSocketAsync(_stopped.Token);
                await ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed: the module is switched off.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        Connect(true);
        var sending = SendAllAsync(socket, ended.Token);
        try
        {
            await ReceiveAllAsync(socket, ended.Token);
        }
        catch (SocketException)
        {
            // The line was cut; the next one may come.
        }

        Connect(false);
        await ended.CancelAsync();
        await sending;
    }

    /// <summary>Nothing of an earlier line may come out of the next one.</summary>
    private void Connect(bool connected)
    {
        lock (Sync)
        {
            _connected = connected;
            while (_outgoing.Reader.TryRead(out _))
            {
                // Thrown away.
            }
        }
    }

    private async Task ReceiveAllAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        List<byte> pending = [];
        var heard = time.GetTimestamp();
        while (await socket.ReceiveAsync(buffer, cancellationToken) is var count and > 0)
        {
            lock (Sync)
            {
                if (time.GetElapsedTime(heard) > LongestPause)
                    pending.Clear();
                heard = time.GetTimestamp();
                pending.AddRange(buffer.AsSpan(0, count));
                Receive(pending);
            }
        }
    }

    private async Task SendAllAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var bytes in _outgoing.Reader.ReadAllAsync(cancellationToken))
                await socket.SendAsync(bytes, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The line was cut: what was on its way is lost, as on a real one.
        }
    }
}
