using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using OpenCvSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>A network camera on 127.0.0.1: serves a bay's scene as Motion JPEG (multipart/x-mixed-replace) over HTTP.</summary>
/// <remarks>
/// Pictures are rendered only while somebody watches, once for all who do. A client that is slow gets the newest picture,
/// never a backlog.
/// </remarks>
public sealed class MjpegCamera : IAsyncDisposable
{
    private readonly string _name;
    private readonly SceneRenderer _renderer;
    private readonly Func<BayScene> _scene;
    private readonly TimeProvider _time;
    private readonly MjpegCameraOptions _options;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Channel<byte[]>, Task> _clients = new();
    private bool _disposed;

    private MjpegCamera(string name, SceneRenderer renderer, Func<BayScene> scene, TimeProvider time, MjpegCameraOptions options)
    {
        (_name, _renderer, _scene, _time, _options) = (name, renderer, scene, time, options);
        _listener = new TcpListener(IPAddress.Loopback, options.Port);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{name}.mjpg");
        Completion = Task.WhenAll(StopWhenEnded(AcceptAsync), StopWhenEnded(ShootAsync));
    }

    /// <summary>Where to watch: <c>http://127.0.0.1:port/name.mjpg</c>.</summary>
    public Uri Url { get; }

    /// <summary>Ends when the camera is disposed of; fails when a scene cannot be rendered, for want of a font for example.</summary>
    public Task Completion { get; }

    /// <param name="name">The camera's id, which is also its path.</param>
    /// <param name="renderer">Draws the pictures; it stays the caller's and must outlive the camera.</param>
    /// <param name="scene">What the camera sees now; asked once a picture, from a pool thread.</param>
    /// <param name="time">The clock of the frame rate: real time, also in a workshop that runs faster.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static MjpegCamera Start(
        string name, SceneRenderer renderer, Func<BayScene> scene, TimeProvider time, MjpegCameraOptions? options = null) =>
        new(name, renderer, scene, time, options ?? new MjpegCameraOptions());

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;

        await _stopping.CancelAsync();
        await Completion.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await Task.WhenAll(_clients.Values);
        _stopping.Dispose();
        _listener.Dispose();
    }

    // When one of the two loops ends, for whatever reason, the other has nothing left to do.
    private async Task StopWhenEnded(Func<Task> loop)
    {
        try
        {
            await loop();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed of: the ordinary end.
        }
        finally
        {
            await _stopping.CancelAsync();
        }
    }

    private async Task ShootAsync()
    {
        using var shutter = new PeriodicTimer(TimeSpan.FromSeconds(1 / _options.FramesPerSecond), _time);
        while (await shutter.WaitForNextTickAsync(_stopping.Token))
        {
            if (_clients.IsEmpty)
                continue;

            var part = MjpegHttp.Part(Shoot());
            foreach (var client in _clients.Keys)
                client.Writer.TryWrite(part);
        }
    }

    private byte[] Shoot()
    {
        using var frame = _renderer.Render(_scene());
        Cv2.ImEncode(".jpg", frame, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, _options.JpegQuality));
        return jpeg;
    }

    private async Task AcceptAsync()
    {
        await Task.Yield();
        while (true)
        {
            var connection = await _listener.AcceptTcpClientAsync(_stopping.Token);
            var pictures = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
            var full = _clients.Count >= _options.MaxClients;

            // Registered before it runs, so that its end finds the entry to remove.
            var admitted = new TaskCompletionSource();
            _clients[pictures] = ServeAsync(admitted.Task, connection, pictures, full);
            admitted.SetResult();
        }
    }

    private async Task ServeAsync(Task admitted, TcpClient connection, Channel<byte[]> pictures, bool full)
    {
        await admitted.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using (connection)
                await ServeAsync(connection.GetStream(), pictures.Reader, full);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The watcher hung up or was too slow, or the camera stops: nobody is left to tell.
        }
        finally
        {
            _clients.TryRemove(pictures, out _);
        }
    }

    private async Task ServeAsync(NetworkStream stream, ChannelReader<byte[]> pictures, bool full)
    {
        var path = await WithinPatience(cancellation => MjpegHttp.ReadPathAsync(stream, cancellation));
        var refusal = full ? MjpegHttp.Busy : path != $"/{_name}.mjpg" ? MjpegHttp.NotFound : null;
        await WithinPatience(cancellation => WriteAsync(stream, refusal ?? MjpegHttp.StreamHeader, cancellation));
        if (refusal is not null)
            return;

        await foreach (var part in pictures.ReadAllAsync(_stopping.Token))
            await WithinPatience(cancellation => WriteAsync(stream, part, cancellation));
    }

    private static async Task<int> WriteAsync(NetworkStream stream, byte[] bytes, CancellationToken cancellation)
    {
        await stream.WriteAsync(bytes, cancellation);
        return bytes.Length;
    }

    private async Task<T> WithinPatience<T>(Func<CancellationToken, Task<T>> step)
    {
        using var patience = new CancellationTokenSource(_options.ClientPatience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        return await step(either.Token);
    }
}
