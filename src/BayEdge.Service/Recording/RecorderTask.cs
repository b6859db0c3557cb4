using System.Buffers;
using System.Threading.Channels;
using BayEdge.Core.Delivery;
using BayEdge.Core.Recording;
using BayEdge.Core.Timing;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Recording;

/// <summary>Writes the recording, apart from the bay loop.</summary>
internal sealed partial class RecorderTask(FlightRecorderOptions options, ChannelReader<RecorderMessage> messages, TimeProvider time, ILogger logger)
{
    private readonly ArrayBufferWriter<byte> _batch = new();
    private SegmentStore? _store;
    private SegmentWriter? _segment;
    private ObservedAt _segmentFrom;
    private long _segmentSince;
    private long _batchSince;
    private long _pausedSince;
    private bool _isPaused;
    private bool _hasAsked;
    private volatile bool _wantsSegment;

    /// <summary>Whether the present segment has become long enough, or none could be begun for a while.</summary>
    public bool WantsSegment => _wantsSegment;

    /// <summary>The next segment is on its way.</summary>
    public void SegmentIsComing() => _wantsSegment = false;

    public async Task RunAsync()
    {
        try
        {
            while (await WaitAsync())
            {
                while (messages.TryRead(out var message))
                    Handle(message);
                if (_batch.WrittenCount > 0 && time.GetElapsedTime(_batchSince) >= options.BatchEvery)
                    Guarded(() => WriteBatch(durable: false));
            }
        }
#pragma warning disable CA1031 // Whatever is wrong with a recording, the bays go on being watched.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Broke(logger, exception);
        }
        finally
        {
            _store?.Dispose();
        }
    }

    /// <returns>False when nothing more will come.</returns>
    private async Task<bool> WaitAsync()
    {
        if (_batch.WrittenCount == 0)
            return await messages.WaitToReadAsync();

        var wait = options.BatchEvery - time.GetElapsedTime(_batchSince);
        if (wait <= TimeSpan.Zero)
            return true;
        using var timeout = new CancellationTokenSource(wait, time);
        try
        {
            return await messages.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // The batch is due.
            return true;
        }
    }

    private void Handle(RecorderMessage message)
    {
        switch (message)
        {
            case SegmentBegins begins:
                Guarded(() => Begin(begins));
                break;
            case TrackerTold { Input: var input } when _segment is not null:
                Guarded(() => Write(segment => segment.Write(input)));
                break;
            case TrackerTold when _isPaused && time.GetElapsedTime(_pausedSince) >= options.ShortestSegment:
                AskForSegment();
                break;
            case TrackerDecided when _segment is not null:
                Guarded(() => WriteBatch(durable: true));
                break;
            case FlushWanted { Written: var written }:
                if (_segment is not null)
                    Guarded(() => WriteBatch(durable: false));
                written.SetResult();
                break;
            case ServiceEnds { Now: var now } when _segment is not null:
                Guarded(() => End(now));
                break;
        }
    }

    private void Begin(SegmentBegins begins)
    {
        _hasAsked = false;
        int? follows = null;
        if (_segment is not null && begins.Continues)
        {
            End(begins.Now);
            follows = _store!.Number;
        }
        else if (_segment is not null)
        {
            WriteBatch(durable: false);
            _store!.GiveUp();
        }

        _store ??= SegmentStore.Open(options.Store);
        var number = _store.Begin();
        (_segmentFrom, _segmentSince, _batchSince) = (begins.Now, time.GetTimestamp(), time.GetTimestamp());
        _segment = new SegmentWriter(_batch, new SegmentStart
        {
            Product = options.Product,
            Number = number,
            Follows = follows,
            Configuration = options.Configuration,
            State = begins.State(),
        });
        WriteBatch(durable: false);
    }

    private void End(ObservedAt now)
    {
        Write(segment => segment.End(now));
        WriteBatch(durable: true);
        _segment = null;
        _store!.End(now - _segmentFrom);
    }

    private void Write(Action<SegmentWriter> write)
    {
        if (_batch.WrittenCount == 0)
            _batchSince = time.GetTimestamp();
        write(_segment!);
        if (_batch.WrittenCount >= options.BatchBytes)
            WriteBatch(durable: false);
    }

    private void WriteBatch(bool durable)
    {
        if (_batch.WrittenCount == 0)
            return;
        _store!.Append(_batch.WrittenSpan, durable);
        _batch.ResetWrittenCount();
        if (_isPaused)
            Log.Resumed(logger);
        _isPaused = false;

        var age = time.GetElapsedTime(_segmentSince);
        var clockIsOff = _segment!.Ahead.Duration() > options.ClockTolerance && age >= options.ShortestSegment;
        if (clockIsOff || age >= options.SegmentSpan || _store.Bytes >= _store.SegmentBytes)
            AskForSegment();
    }

    // Once, until it has come.
    private void AskForSegment()
    {
        if (!_hasAsked)
            _wantsSegment = true;
        _hasAsked = true;
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (StorageFaultException fault)
        {
            (_segment, _pausedSince) = (null, time.GetTimestamp());
            _batch.ResetWrittenCount();
            _store?.GiveUp();
            if (!_isPaused)
                Log.Paused(logger, fault.Message);
            _isPaused = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1501, Level = LogLevel.Warning, Message = "The flight recorder pauses, events are not affected: {Reason}")]
        public static partial void Paused(ILogger logger, string reason);

        [LoggerMessage(EventId = 1502, Level = LogLevel.Information, Message = "The flight recorder records again")]
        public static partial void Resumed(ILogger logger);

        [LoggerMessage(EventId = 1503, Level = LogLevel.Error, Message = "The flight recorder broke and records nothing more until the service is started again; events are not affected")]
        public static partial void Broke(ILogger logger, Exception exception);
    }
}
