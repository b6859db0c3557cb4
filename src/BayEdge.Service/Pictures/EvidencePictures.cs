using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commands;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Pictures;

namespace BayEdge.Service.Pictures;

/// <summary>Keeps the pictures that events name. They are written behind the events' back: none waits for one, none is lost with one.</summary>
/// <param name="time">By which pictures grow old; real time.</param>
internal sealed partial class EvidencePictures(DataFolder folder, PictureTray tray, TimeProvider time, ILogger<EvidencePictures> logger)
    : BackgroundService, IEvidencePictures, IPictureNaming
{
    private const int MostWaiting = 16;
    private const int LongestCameraInId = 30;
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    /// <summary>So long the end of the service waits for the disk.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    private readonly Channel<WaitingPicture> _waiting = Channel.CreateBounded<WaitingPicture>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly PictureBudget _budget = new();
    private PicturesConfiguration? _configuration;
    private PictureFolder? _kept;
    private bool _refused;

    /// <summary>From now on these settings hold. The data folder must be this process's own.</summary>
    public void Configure(PicturesConfiguration configuration)
    {
        Volatile.Write(ref _configuration, configuration);
        tray.Takes = configuration.Enabled;
        _waiting.Writer.TryWrite(WaitingPicture.Tidying);
    }

    public Transition Name(Transition transition)
    {
        if (Volatile.Read(ref _configuration) is not { Enabled: true })
            return transition;
        var evidence = transition.Evidence.Select(item => item with { Pictures = PicturesOf(item, transition) }).ToImmutableArray();
        if (transition is VehicleEntered or VehicleLeft && evidence.Length > 0 && evidence.All(item => item.Pictures is null)
            && SceneId(tray.SceneOf(null, transition.Bay, transition.At)) is { } scene)
        {
            evidence = evidence.SetItem(0, evidence[0] with { Pictures = [scene] });
        }

        if (transition is VehicleLeft)
            tray.Leave(transition.Bay, transition.At);
        return transition with { Evidence = evidence };
    }

    public async ValueTask<EvidencePicture?> FindAsync(string id, CancellationToken cancellationToken) =>
        Volatile.Read(ref _kept) is { } kept && await kept.FindAsync(id, cancellationToken) is { } jpeg ? new EvidencePicture(id, "image/jpeg", jpeg) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PruneEvery, time);
        var tidying = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var arrival = _waiting.Reader.WaitToReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(tidying, arrival);
            if (tidying.IsCompletedSuccessfully)
            {
                Write(WaitingPicture.Tidying);
                tidying = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            while (!stoppingToken.IsCancellationRequested && _waiting.Reader.TryRead(out var waiting))
                Write(waiting);
            if (arrival.IsCompleted)
                arrival = _waiting.Reader.WaitToReadAsync(stoppingToken).AsTask();
        }

        WriteWhatIsLeft();
    }

    // What an event has named is there after an ordinary stop too; events from now on name no picture.
    private void WriteWhatIsLeft()
    {
        _waiting.Writer.TryComplete();
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < LongestEnd && _waiting.Reader.TryRead(out var waiting))
            Write(waiting);
    }

    private void Write(WaitingPicture waiting)
    {
        // Until a configuration says how much is kept, nothing is deleted.
        if (Volatile.Read(ref _configuration) is not { } configuration)
            return;
        if (!configuration.Enabled)
            Try(kept => kept.Clear());
        else if (ReferenceEquals(waiting, WaitingPicture.Tidying))
            Try(kept => kept.Prune(LimitsOf(configuration)));
        else
            Try(kept => kept.Keep(waiting.Id, waiting.Jpeg.Span, LimitsOf(configuration)));
    }

    private static PictureLimits LimitsOf(PicturesConfiguration configuration) =>
        new(configuration.MaximumMegabytes * 1_000_000L, TimeSpan.FromDays(configuration.Days));

    private void Try(Action<PictureFolder> work)
    {
        try
        {
            _kept ??= PictureFolder.Open(folder.Path, time);
            work(_kept);
            if (_refused)
                Log.KeptAgain(logger);
            _refused = false;
        }
#pragma warning disable CA1031 // Whatever is wrong with a picture, the service and the bays go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var reason = exception is StorageFaultException ? exception.Message : exception.ToString();
            if (!_refused)
                Log.Refused(logger, reason);
            _refused = true;
        }
    }

    private string[]? PicturesOf(Evidence item, Transition transition)
    {
        if (item.Kind == "plate" && item.Values?.GetValueOrDefault("plate") is { } plate && tray.PlateOf(item.Source, transition.Bay, plate, CameOf(transition)) is { } laid)
        {
            laid.CropId ??= Keep(laid.Picture.Camera, laid.Picture.At, "plate", laid.Picture.Crop);
            laid.SceneId ??= Keep(laid.Picture.Camera, laid.Picture.At, "scene", laid.Picture.Scene);
            var ids = new[] { laid.CropId, laid.SceneId }.OfType<string>().ToArray();
            return ids.Length > 0 ? ids : null;
        }

        return item.Kind == "occupancy" && SceneId(tray.SceneOf(item.Source, transition.Bay, transition.At)) is { } scene ? [scene] : null;
    }

    private static ObservedAt? CameOf(Transition transition) => transition is VehicleEntered or VehicleIdentified ? transition.At : null;

    private string? SceneId(LaidScene? laid) => laid is null ? null : laid.Id ??= Keep(laid.Picture.Camera, laid.Picture.At, "scene", laid.Picture.Scene);

    /// <returns>The id under which it will be written; null when that is too much just now.</returns>
    private string? Keep(string camera, ObservedAt at, string kind, ReadOnlyMemory<byte> jpeg)
    {
        if (!_budget.TakeOne(time.Observe().Monotonic))
            return null;
        var name = camera.Length <= LongestCameraInId ? camera : camera[..LongestCameraInId];
        var id = string.Create(
            CultureInfo.InvariantCulture, $"{name.TrimStart('.')}-{at.Wall.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{Random.Shared.Next(0x10000):x4}-{kind}");
        return _waiting.Writer.TryWrite(new WaitingPicture(id, jpeg)) ? id : null;
    }

    private sealed record WaitingPicture(string Id, ReadOnlyMemory<byte> Jpeg)
    {
        /// <summary>No picture: the settings have changed.</summary>
        public static WaitingPicture Tidying { get; } = new("", default);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1511, Level = LogLevel.Warning, Message = "Evidence pictures are not kept; events are not affected: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventId = 1512, Level = LogLevel.Information, Message = "Evidence pictures are kept again")]
        public static partial void KeptAgain(ILogger logger);
    }
}
