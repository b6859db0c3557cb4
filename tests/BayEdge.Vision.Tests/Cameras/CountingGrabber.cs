using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>Pictures whose first pixel is their number, from 1; after the last, a live stream stays silent until stopped.</summary>
internal sealed class CountingGrabber : IFrameGrabber
{
    private readonly TaskCompletionSource _allGrabbed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _grabbed;

    public FrameLocation Location { get; init; } = FrameLocation.Of("http://192.0.2.6/");

    public required int Pictures { get; init; }

    public int Width { get; init; } = 16;

    public int Height { get; init; } = 16;

    public TimeSpan Interval { get; init; }

    public bool Breaks { get; init; }

    public Action? BeforeGrab { get; init; }

    public int Retrieved { get; private set; }

    public Task AllGrabbed => _allGrabbed.Task;

    public TimeSpan? Due => Location.IsLive ? null : Interval * (_grabbed - 1);

    public StreamFormat Open(CancellationToken cancellationToken) => new(0, "");

    public bool Grab(CancellationToken cancellationToken)
    {
        if (_grabbed++ < Pictures)
        {
            BeforeGrab?.Invoke();
            return true;
        }

        if (Breaks)
            throw new InvalidOperationException("the library is out of sorts");

        _allGrabbed.TrySetResult();
        if (Location.IsLive)
            cancellationToken.WaitHandle.WaitOne();
        return false;
    }

    public Mat Retrieve()
    {
        Retrieved++;
        return new Mat(Height, Width, MatType.CV_8UC3, Scalar.All(_grabbed % 256));
    }

    public void Rewind() => _grabbed = 0;

    public void Dispose()
    {
    }
}
