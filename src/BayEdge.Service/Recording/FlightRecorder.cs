using System.Threading.Channels;
using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Core.Timing;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Recording;

/// <summary>Records everything that the bays are told, so that any complaint can be replayed on a desk.</summary>
/// <remarks>
/// The bay loop only hands over; a task of the recorder's own writes. It never holds the loop up: what it cannot keep pace
/// with is left out, and a new segment begins with what the tracker knows then.
/// </remarks>
internal sealed class FlightRecorder : IAsyncDisposable
{
    // The end of the service must not wait for a disk that hangs.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    private readonly Channel<RecorderMessage> _messages;
    private readonly NeededTime _needed = new();
    private readonly FlightRecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly RecorderTask _task;
    private readonly Task _writing;
    private ObservedAt _present;
    private bool _hasGap;

    public FlightRecorder(FlightRecorderOptions options, TimeProvider time, ILogger<FlightRecorder> logger)
    {
        _options = options;
        _time = time;
        _messages = Channel.CreateBounded<RecorderMessage>(new BoundedChannelOptions(options.MostWaiting) { SingleReader = true });
        _task = new RecorderTask(options, _messages.Reader, time, logger);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>The service starts with this; once, before <see cref="Took"/>.</summary>
    public void Begin(RecordedState start)
    {
        _present = start.Now;
        Begin(new SegmentBegins(() => start, start.Now, Continues: false));
    }

    /// <summary>The tracker was told something. Returns at once.</summary>
    /// <param name="before">What it knew just before.</param>
    /// <param name="step">What came of it; where that is a decision, what led to it is written now.</param>
    public void Took(TrackerState before, TrackerInput input, TrackerStep step)
    {
        if (_writing.IsCompleted)
            return;

        // Not in between a deadline and its being met: a replay would meet it at the segment's end already.
        if ((_hasGap || _task.WantsSegment) && !(before.NextDeadline?.Monotonic <= before.Now.Monotonic))
            Begin(new SegmentBegins(() => RecordedState.Of(before, _options.BootId), before.Now, Continues: !_hasGap));

        _present = step.State.Now;
        foreach (var needed in _needed.Needed(before, input))
            Send(new TrackerTold(needed));
        if (!step.Transitions.IsEmpty)
            Send(new TrackerDecided());
    }

    /// <summary>Writes everything up to now.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _messages.Writer.WriteAsync(new FlushWanted(written), cancellationToken);
            await Task.WhenAny(written.Task, _writing).WaitAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The recorder has ended, and with it everything is written that can be.
        }
    }

    /// <summary>Makes one file of the recording up to now, while it goes on.</summary>
    /// <param name="archive">Gets a zip archive.</param>
    /// <returns>What was exported; null when nothing is recorded.</returns>
    /// <exception cref="IOException">The disk gives nothing, or <paramref name="archive"/> takes nothing.</exception>
    public async Task<RecordingDescription?> ExportAsync(Stream archive, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await Task.Run(() => RecordingArchive.Write(_options.Store.Folder, archive, _time.GetUtcNow()), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _messages.Writer.TryWrite(new ServiceEnds(_present));
        _messages.Writer.TryComplete();
        await _writing.WaitAsync(FarewellLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync()
    {
        await _task.RunAsync();
        _messages.Writer.TryComplete();
    }

    private void Begin(SegmentBegins segment)
    {
        _hasGap = false;
        _task.SegmentIsComing();
        _needed.Begin(segment.Now);
        Send(segment);
    }

    // After a gap nothing is of use until the next segment begins.
    private void Send(RecorderMessage message) => _hasGap = _hasGap || !_messages.Writer.TryWrite(message);
}

/// <summary>What the recorder's task is told, in the order in which it happened.</summary>
internal abstract record RecorderMessage;

/// <param name="State">What the tracker knows; made only when it is written.</param>
/// <param name="Continues">Whether nothing is missing since the segment before.</param>
internal sealed record SegmentBegins(Func<RecordedState> State, ObservedAt Now, bool Continues) : RecorderMessage;

internal sealed record TrackerTold(TrackerInput Input) : RecorderMessage;

internal sealed record TrackerDecided : RecorderMessage;

/// <param name="Written">Completed when everything before is on the disk.</param>
internal sealed record FlushWanted(TaskCompletionSource Written) : RecorderMessage;

internal sealed record ServiceEnds(ObservedAt Now) : RecorderMessage;
