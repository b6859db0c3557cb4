using System.Threading.Channels;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Pictures;
using BayEdge.Service.Recording;
using BayEdge.Service.Timing;

namespace BayEdge.Service.Bays;

/// <summary>The one owner of all bay state: everything that concerns a bay arrives on its channel.</summary>
/// <remarks>It ends after all other services, so that what the sources saw last is stored as well.</remarks>
internal sealed partial class BayLoop(
    TrackerState start,
    IJournal journal,
    EventComposer composer,
    DeviceClock clock,
    IEnumerable<IBayObserver> observers,
    TimeProvider time,
    ILogger<BayLoop> logger,
    FlightRecorder? recorder = null,
    IPictureNaming? pictures = null) : BackgroundService, IHostedLifecycleService, IBayInputs
{
    private const int Capacity = 8192;

    // How late a source may report what it saw: deadlines are met this much after their time, and dated to it.
    private static readonly TimeSpan ReportDelay = TimeSpan.FromSeconds(2);

    // Often enough to bound the time of a departure under a power cut, seldom enough for an SD card.
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(1);

    // Each attempt writes, and a full card wears as well.
    private static readonly TimeSpan LongestStorageRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastStorageRetry = TimeSpan.FromMilliseconds(200);

    // With nothing to do it still looks at the clock and shows that it lives.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // What a small computer can keep in memory while the disk takes nothing: weeks of a bay.
    private const int MostUnstored = 10_000;

    private readonly Channel<BayMessage> _inputs = Channel.CreateBounded<BayMessage>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly ArrivalOrder _arrived = new();
    private readonly List<(Transition Decided, PendingEvent Event)> _unstored = [];
    private TrackerState _state = start;
    private TrackerState _announced = start;
    private ObservedAt _lastSnapshot = start.Now;
    private ObservedAt? _retryStorageAt;
    private bool _changedSinceSnapshot;
    private bool _mayBeUnsettled = true;
    private string? _storageSaid;
    private GapData? _dropped = StorageGap.Of(journal, start.Now.Wall);
    private TimeSpan _storageRetry = StorageRetry;
    private long _lastTurnTicks = start.Now.Monotonic.Ticks;
    private CancellationToken _stopLimit;

    /// <summary>When the loop last went round, on the monotonic clock.</summary>
    public TimeSpan LastTurn => TimeSpan.FromTicks(Interlocked.Read(ref _lastTurnTicks));

    /// <summary>All that is known and stored, as of now: a value, which anybody may look at.</summary>
    public TrackerState Stored => Volatile.Read(ref _announced);

    public ValueTask SendAsync(TrackerInput input, CancellationToken cancellationToken) => _inputs.Writer.WriteAsync(new BayMessage(input), cancellationToken);

    public bool TrySend(TrackerInput input) => _inputs.Writer.TryWrite(new BayMessage(input));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes on: the sources are still ending, and <see cref="StoppedAsync"/> follows when they have.</summary>
    public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes what is left and stores it; tries until <paramref name="cancellationToken"/> sets the limit.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _stopLimit = cancellationToken;
        // The journal must not be closed while the last attempt runs, so the loop, not the limit, ends the wait.
        return base.StopAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Announce();
        if (_dropped is not null)
            Store();
        try
        {
            while (true)
            {
                await WaitForInputOrDeadlineAsync(stoppingToken);
                LookAtClock();
                TakeWhatArrived();
                StoreWhatIsDue();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            TakeWhatArrived();
            await StoreWhatIsLeftAsync();
        }
    }

    private async Task WaitForInputOrDeadlineAsync(CancellationToken stoppingToken)
    {
        var now = time.Observe();
        var due = Earlier(_state.NextDeadline + ReportDelay, _retryStorageAt) ?? now + LongestWait;
        var wait = due - now;
        if (wait <= TimeSpan.Zero)
            return;

        using var timeout = new CancellationTokenSource(wait < LongestWait ? wait : LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timeout.Token);
        try
        {
            await _inputs.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            // The deadline came first.
        }
    }

    private void TakeWhatArrived()
    {
        var settled = time.Observe().ToMilliseconds() - ReportDelay;
        for (var count = 0; count < Capacity && _inputs.Reader.TryRead(out var sent); count++)
        {
            var input = sent.Input.ToMilliseconds();
            if (_arrived.TryAdd(input))
                continue;
            var (before, step) = (_state, Take(input));
            sent.Taken?.Invoke(before, step);
        }

        while (_arrived.Next(_state, settled) is { } next)
            Take(next);
        Take(new TimePassed(settled));
        Interlocked.Exchange(ref _lastTurnTicks, time.Observe().Monotonic.Ticks);
    }

    private TrackerStep Take(TrackerInput input)
    {
        var step = BayTracker.Step(_state, input);
        recorder?.Took(_state, input, step);
        _state = step.State;
        _changedSinceSnapshot |= input is not TimePassed;
        if (!step.Transitions.IsEmpty)
        {
            foreach (var transition in step.Transitions)
                Keep(transition);
            if (_retryStorageAt is null)
                Store();
        }

        AnnounceWhatIsStored();
        return step;
    }

    private void Keep(Transition transition)
    {
        if (_unstored.Count >= MostUnstored)
        {
            var oldest = _unstored[0].Event.RecordedAt;
            _dropped = StorageGap.Between(_dropped?.From ?? oldest, oldest);
            _unstored.RemoveAt(0);
        }

        var told = pictures?.Name(transition) ?? transition;
        _unstored.Add((told, composer.Compose(told, clock.Ledger)));
    }

    // Nobody is told of a visit that a power cut could still undo.
    private void AnnounceWhatIsStored()
    {
        if (_unstored.Count > 0)
            return;
        if (!BayStates.AreSame(_announced, _state))
            Announce();
        Volatile.Write(ref _announced, _state);
    }

    private void Announce()
    {
        var bays = BayStates.Of(_state).ToList();
        Tell(observer => observer.BaysChanged(bays));
    }

    private void StoreWhatIsDue()
    {
        var now = time.Observe();
        var snapshotIsDue = _changedSinceSnapshot && now - _lastSnapshot >= SnapshotEvery;
        if ((snapshotIsDue && _retryStorageAt is null) || (_retryStorageAt is { } retry && now.Monotonic >= retry.Monotonic))
            Store();
    }

    private bool Store()
    {
        try
        {
            PendingEvent[] gap = _dropped is { } dropped ? [composer.Compose(dropped, time.GetUtcNow())] : [];
            journal.Append([.. gap, .. _unstored.Select(unstored => unstored.Event)], DeviceSnapshot.Write(_state, clock.Ledger));
        }
        catch (StorageFaultException exception) when (!exception.NeedsReopening)
        {
            Refused(exception);
            return false;
        }

        _mayBeUnsettled |= _unstored.Exists(unstored => unstored.Event.Unsettled is not null);
        foreach (var (decided, _) in _unstored)
            Tell(observer => observer.Decided(decided));
        _unstored.Clear();
        _dropped = null;
        _lastSnapshot = time.Observe();
        _changedSinceSnapshot = false;
        if (_retryStorageAt is not null)
            Log.StorageWorksAgain(logger);
        (_retryStorageAt, _storageRetry) = (null, StorageRetry);
        SayOfStorage(journal.Warning);
        AnnounceWhatIsStored();
        return true;
    }

    private void Refused(StorageFaultException exception)
    {
        if (_retryStorageAt is null)
            Log.StorageRefuses(logger, exception);
        SayOfStorage(exception.Says);
        if (_unstored.Count > 0)
            journal.NoteRefused(_unstored[0].Event.RecordedAt);
        _retryStorageAt = time.Observe() + _storageRetry;
        _storageRetry = _storageRetry * 2 < LongestStorageRetry ? _storageRetry * 2 : LongestStorageRetry;
    }

    private void SayOfStorage(Phrase? problem)
    {
        if (problem?.Text == _storageSaid)
            return;
        if (_storageSaid is null && _retryStorageAt is null)
            Log.StorageRunsShort(logger, problem!.Text);
        _storageSaid = problem?.Text;
        Tell(observer => observer.StorageChanged(problem));
    }

    /// <exception cref="StorageFaultException">The disk refused to the end, and events are lost.</exception>
    private async Task StoreWhatIsLeftAsync()
    {
        while (!Store())
        {
            if (!_stopLimit.IsCancellationRequested)
            {
                await Task.Delay(LastStorageRetry, time, _stopLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (_unstored.Count > 0)
            {
                Log.EventsLost(logger, _unstored.Count);
                throw new StorageFaultException($"The service stopped while the disk took nothing: {_unstored.Count} events are lost.");
            }
            else
            {
                return;
            }
        }
    }

    private void Tell(Action<IBayObserver> tell)
    {
        foreach (var observer in observers)
            tell(observer);
    }

    private static ObservedAt? Earlier(ObservedAt? a, ObservedAt? b) =>
        a is null ? b : b is null ? a : a.Value.Monotonic <= b.Value.Monotonic ? a : b;
}
