using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Serial;

/// <summary>Frames over a serial line.</summary>
internal sealed class FramedLine(ISerialLine line, FrameBuffer frames, TimeProvider time) : IDisposable
{
    /// <summary>No module pauses this long within a frame; no system holds bytes back for longer.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>When the last bytes came.</summary>
    public ObservedAt Arrival { get; private set; } = time.Observe();

    /// <summary>How many bytes came that belonged to no frame.</summary>
    public long SkippedBytes => frames.SkippedBytes;

    /// <summary>The next frame, valid until the next call.</summary>
    /// <returns>None when no frame came within <paramref name="patience"/>, whatever else came.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (frames.TryTake(out var frame))
                return frame;

            var left = patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return default;

            var bytes = await line.ReceiveAsync(left < Rest ? left : Rest, cancellationToken);
            if (!bytes.IsEmpty)
            {
                Arrival = time.Observe();
                frames.Append(bytes.Span);
            }
            else if (left >= Rest && frames.TryTake(out frame, atRest: true))
            {
                return frame;
            }
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => line.SendAsync(bytes, cancellationToken);

    public void Dispose() => line.Dispose();
}
