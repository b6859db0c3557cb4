using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>
/// Takes pictures on a thread of its own, because a native call may block for as long as it likes, and keeps only the
/// newest one: whoever is slow sees fewer pictures, never older ones.
/// </summary>
/// <remarks>
/// A recording is played at its own pace by the given clock. The limits on native calls are real time, whatever the clock
/// does: a camera does not hurry because a test or a demonstration does.
/// </remarks>
internal sealed class FramePump : IAsyncDisposable
{
    // The library's own limits come first; these catch a call that ignores them.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private const int UnreadableLimit = 30;

    private readonly IFrameGrabber _grabber;
    private readonly StreamOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<StreamFormat> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _played = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Frame? _newest;

    // Odd while a native call runs, so that a call that never returns can be told from a stream that is merely slow.
    private int _call;

    public FramePump(IFrameGrabber grabber, StreamOptions options, TimeProvider time)
    {
        (_grabber, _options, _time) = (grabber, options, time);
        new Thread(Run) { IsBackground = true, Name = "Camera" }.Start();
    }

    /// <summary>Completes when the thread has ended; a hanging native call may keep it for ever.</summary>
    public Task Finished => _finished.Task;

    private FrameLocation Location => _grabber.Location;

    /// <exception cref="DeviceFaultException">The pictures could not be opened.</exception>
    public async Task<StreamFormat> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _opened.Task.WaitAsync(_options.OpenLimit + Slack, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw StreamFaults.NotOpenedInTime(Location, _options.OpenLimit);
        }
    }

    /// <summary>The newest picture that was not handed out yet; null when a recording has been played to its end.</summary>
    /// <exception cref="DeviceFaultException">A live stream ended, or the library hangs.</exception>
    public async Task<Frame?> NextAsync(CancellationToken cancellationToken)
    {
        var limit = _options.SilenceLimit + Slack;
        while (true)
        {
            // Asked before the picture is taken: the last one may arrive in between.
            var over = _played.Task.IsCompleted;
            if (TakeNewest() is { } frame)
                return frame;
            if (over)
            {
                await _played.Task;
                return null;
            }

            var call = Volatile.Read(ref _call);
            if (!await _arrived.WaitAsync(limit, cancellationToken) && call == Volatile.Read(ref _call) && int.IsOddInteger(call))
                throw StreamFaults.Silent(Location, limit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Finished.WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            // The thread disposes what it holds when the native call comes back.
        }

        TakeNewest()?.Dispose();
    }

    private void Run()
    {
        try
        {
            _opened.TrySetResult(Native(() => _grabber.Open(_stop.Token)));
            Play();
            _played.TrySetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _opened.TrySetCanceled();
            _played.TrySetResult();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is, it must not end the process from a thread of ours: whoever waits for pictures gets it.
            var fault = exception as DeviceFaultException ?? StreamFaults.Library(Location, exception);
            _played.TrySetException(fault);
            _opened.TrySetException(fault);
        }
        finally
        {
            Signal();
            _grabber.Dispose();
            _finished.TrySetResult();
        }
    }

    private void Play()
    {
        var interval = _options.Interval;

        // Live pictures come a little early or late; the steady grid below keeps to the rate all the same.
        var early = Location.IsLive ? interval / 4 : TimeSpan.Zero;
        var start = _time.GetTimestamp();
        var next = TimeSpan.Zero;
        var unreadable = 0;
        while (!_stop.IsCancellationRequested)
        {
            if (!Native(() => _grabber.Grab(_stop.Token)))
            {
                if (Location.IsLive)
                    throw StreamFaults.Ended(Location);
                if (!_options.Repeat)
                    return;
                Native(() => { _grabber.Rewind(); return true; });
                (start, next) = (_time.GetTimestamp(), TimeSpan.Zero);
                continue;
            }

            var at = _grabber.Due ?? _time.GetElapsedTime(start);
            if (at < next - early)
                continue;

            WaitUntil(start, at);
            var observed = _time.Observe();
            next = (at - next > interval ? at : next) + interval;
            if (Retrieve() is { } picture)
            {
                unreadable = 0;
                Offer(new Frame(picture, observed));
            }
            else if (Location.IsLive && ++unreadable == UnreadableLimit)
            {
                throw StreamFaults.Unreadable(Location, unreadable);
            }
        }
    }

    private Mat? Retrieve()
    {
        try
        {
            return Narrowed(Native(_grabber.Retrieve));
        }
        catch (OpenCVException)
        {
            // One poisoned picture is as good as none; the next may be well.
            return null;
        }
    }

    private Mat? Narrowed(Mat? picture)
    {
        if (picture is null || picture.Width <= _options.MaximumWidthPx)
            return picture;
        using (picture)
            return Pictures.Narrowed(picture, _options.MaximumWidthPx);
    }

    private void WaitUntil(long start, TimeSpan due)
    {
        var wait = due - _time.GetElapsedTime(start);
        if (wait > TimeSpan.Zero)
            Task.Delay(wait, _time, _stop.Token).GetAwaiter().GetResult();
    }

    private T Native<T>(Func<T> call)
    {
        Interlocked.Increment(ref _call);
        try
        {
            return call();
        }
        finally
        {
            Interlocked.Increment(ref _call);
        }
    }

    private void Offer(Frame frame)
    {
        Frame? older;
        lock (_gate)
            (older, _newest) = _stop.IsCancellationRequested ? (frame, null) : (_newest, frame);
        older?.Dispose();
        Signal();
    }

    private Frame? TakeNewest()
    {
        lock (_gate)
        {
            var frame = _newest;
            _newest = null;
            return frame;
        }
    }

    private void Signal()
    {
        lock (_gate)
        {
            if (_arrived.CurrentCount == 0)
                _arrived.Release();
        }
    }
}
