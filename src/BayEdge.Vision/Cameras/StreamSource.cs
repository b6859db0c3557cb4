using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using Microsoft.Extensions.Logging;

namespace BayEdge.Vision.Cameras;

/// <summary>One <c>stream</c> camera: pictures in, sightings of plates and of the zones' occupancy out.</summary>
/// <remarks>
/// A recording that has been played to its end leaves the source up and seeing nothing, until it is cancelled: returning
/// would make its supervisor play it again, and what was in it would arrive a second time.
/// </remarks>
internal sealed class StreamSource(
    CameraConfiguration configuration, SharedPlateReader reader, TimeProvider time, ILogger logger, ISourceMemory? memory, ICameraWatch? looker) : ISource
{
    private Task _former = Task.CompletedTask;
    private int _unreadable;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        var options = StreamOptions.Of(configuration);

        // One hanging thread a camera is what the library may cost, not one an attempt.
        if (!_former.IsCompleted)
            throw StreamFaults.StillHangs(options.Location);

        await reader.LoadAsync(cancellationToken);
        _unreadable = 0;
        await using var pump = new FramePump(FrameGrabbers.Create(options, CountUnreadable), options, time);
        _former = pump.Finished;
        await pump.OpenAsync(cancellationToken);
        await WatchAsync(pump, options, sink, cancellationToken);

        CameraLog.PlayedOut(logger, configuration.Id, options.Location, _unreadable);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

        void CountUnreadable(string picture)
        {
            if (_unreadable++ == 0)
                CameraLog.UnreadablePicture(logger, configuration.Id, picture, options.Location);
        }
    }

    private async Task WatchAsync(FramePump pump, StreamOptions options, ISightingSink sink, CancellationToken cancellationToken)
    {
        using var watch = new ZoneWatch(configuration, options.MinimumPlateWidthPx, reader, memory);
        var peep = looker is null ? null : new CameraPeep(configuration, reader, looker);
        var ready = false;
        while (await pump.NextAsync(cancellationToken) is { } next)
        {
            using var frame = next;
            if (!ready)
                sink.Ready();
            ready = true;
            if (peep is not null)
                await peep.ShowAsync(frame, cancellationToken);

            foreach (var sighting in await watch.LookAsync(frame, cancellationToken))
                await sink.PublishAsync(sighting, cancellationToken);
        }

        if (!ready)
            throw StreamFaults.NoPictures(options.Location);
    }
}
