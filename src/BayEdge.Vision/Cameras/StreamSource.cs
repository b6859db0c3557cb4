using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using Microsoft.Extensions.Logging;

namespace BayEdge.Vision.Cameras;

/// <summary>One <c>stream</c> camera: pictures in, sightings of plates and of the zones' occupancy out.</summary>
/// <remarks>
/// A recording that has been played to its end leaves the source up and seeing nothing, until it is cancelled: returning
/// would make its supervisor play it again, and what was in it would arrive a second time.
/// </remarks>
internal sealed class StreamSource(
    CameraConfiguration configuration, SharedPlateReader reader, TimeProvider time, ILogger logger, ISourceMemory? memory, ICameraWatch? looker,
    IPictureTray? tray) : ISource
{
    private const int MostSkippedInARow = 30;

    private readonly PictureHealth _health = new(new PictureHealthOptions());
    private Task _former = Task.CompletedTask;
    private int _unreadable;
    private int _skipped;
    private int _skippedInARow;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        var options = StreamOptions.Of(configuration);

        // One hanging thread a camera is what the library may cost, not one an attempt.
        if (!_former.IsCompleted)
            throw StreamFaults.StillHangs(options.Location);

        await reader.LoadAsync(cancellationToken);
        (_unreadable, _skippedInARow) = (0, 0);
        await using var pump = new FramePump(FrameGrabbers.Create(options, CountUnreadable), options, time);
        _former = pump.Finished;
        await pump.OpenAsync(cancellationToken);
        await WatchAsync(pump, options, sink, cancellationToken);

        CameraLog.PlayedOut(logger, configuration.Id, options.Location, _unreadable, _skipped);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

        void CountUnreadable(string picture)
        {
            if (_unreadable++ == 0)
                CameraLog.UnreadablePicture(logger, configuration.Id, picture, options.Location);
        }
    }

    private async Task WatchAsync(FramePump pump, StreamOptions options, ISightingSink sink, CancellationToken cancellationToken)
    {
        using var watch = new ZoneWatch(configuration, options, reader, memory, tray);
        var peep = looker is null ? null : new CameraPeep(configuration, reader, looker);
        var (ready, seen) = (false, false);
        while (await pump.NextAsync(cancellationToken) is { } next)
        {
            using var frame = next;
            seen = true;
            if (!SeesSomething(frame, options.Location))
                continue;
            if (!ready)
                sink.Ready();
            ready = true;
            foreach (var sighting in await AnalyseAsync(frame, watch, peep, options.Location, cancellationToken))
                await sink.PublishAsync(sighting, cancellationToken);
        }

        if (!seen)
            throw StreamFaults.NoPictures(options.Location);
    }

    /// <exception cref="DeviceFaultException">The camera has shown nothing of now for so long that its silence says nothing.</exception>
    private bool SeesSomething(Frame frame, FrameLocation location)
    {
        if (!location.IsLive)
            return true;
        return _health.Look(frame.Picture, frame.At.Monotonic) switch
        {
            PictureState.Black => throw StreamFaults.Black(location),
            PictureState.Frozen => throw StreamFaults.Frozen(location),
            var state => state == PictureState.Good,
        };
    }

    /// <summary>What the picture shows; nothing where it breaks what looks at it, for the next one may be well.</summary>
    /// <exception cref="DeviceFaultException">So many in a row broke it that it is not the pictures, or the reader cannot be loaded.</exception>
    private async Task<IReadOnlyList<Sighting>> AnalyseAsync(
        Frame frame, ZoneWatch watch, CameraPeep? peep, FrameLocation location, CancellationToken cancellationToken)
    {
        try
        {
            if (peep is not null)
                await peep.ShowAsync(frame, cancellationToken);
            var sightings = await watch.LookAsync(frame, cancellationToken);
            _skippedInARow = 0;
            return sightings;
        }
        catch (Exception exception) when (exception is not (DeviceFaultException or OperationCanceledException or OutOfMemoryException))
        {
            if (_skipped++ == 0)
                CameraLog.PictureSkipped(logger, configuration.Id, exception.Message);
            if (++_skippedInARow >= MostSkippedInARow)
                throw StreamFaults.NotAnalysed(location, _skippedInARow, exception);
            return [];
        }
    }
}
