using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Serial;

/// <summary>Frames over a serial line.</summary>
internal sealed class FramedLine(ISerialLine line, FrameBuffer frames, TimeProvider time) : IDisposable
{
    /// <summary>No module pauses this long within a frame; no system holds bytes back for longer.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>When the last bytes came.</summary>
    public ObservedAt Arrival { get; private set; } = time.Observe();

    /// <summary>Whether the line has shown no fault yet.</summary>
    public bool Usable { get; private set; } = true;

    /// <summary>The next frame, valid until the next call.</summary>
    /// <returns>None when no frame came within <paramref name="patience"/>, whatever else came.</returns>
    /// <exception cref="DeviceFaultException">The line is gone.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await ReceiveAsync(patience, cancellationToken);
        }
        catch (DeviceFaultException)
        {
            Usable = false;
            throw;
        }
    }

    /// <exception cref="DeviceFaultException">The line is gone or takes no bytes.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await line.SendAsync(bytes, cancellationToken);
        }
        catch (DeviceFaultException)
        {
            Usable = false;
            throw;
        }
    }

    /// <summary>Marks the line as one that cannot be used any more and hands the fault back, to be thrown.</summary>
    public DeviceFaultException Broken(DeviceFaultException fault)
    {
        Usable = false;
        return fault;
    }

    public void Dispose() => line.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
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
}
