using System.Threading.Channels;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Bays;

/// <summary>The one owner of all bay state: everything that concerns a bay arrives on its channel.</summary>
internal sealed partial class BayLoop(
    TrackerState start,
    IJournal journal,
    EventComposer composer,
    Func<ClockInfo> clock,
    IEnumerable<IBayObserver> observers,
    TimeProvider time,
    ILogger<BayLoop> logger) : BackgroundService
{
    private const int Capacity = 8192;

    // Often enough to bound the time of a departure under a power cut, seldom enough for an SD card.
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromSeconds(1);

    private readonly Channel<TrackerInput> _inputs = Channel.CreateBounded<TrackerInput>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly List<PendingEvent> _unstored = [];
    private TrackerState _state = start;
    private ObservedAt _lastSnapshot = start.Now;
    private ObservedAt? _retryStorageAt;
    private bool _changedSinceSnapshot;

    /// <summary>Waits while the loop is behind, so that the pressure reaches the device that reports.</summary>
    public ValueTask SendAsync(TrackerInput input, CancellationToken cancellationToken) => _inputs.Writer.WriteAsync(input, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Announce();
        try
        {
            while (true)
            {
                await WaitForInputOrDeadlineAsync(stoppingToken);
                while (_inputs.Reader.TryRead(out var input))
                    Take(BayTracker.Step(_state, input), sawSomething: true);
                Take(BayTracker.AdvanceTo(_state, time.Observe()), sawSomething: false);
                StoreWhatIsDue();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Store();
        }
    }

    private async Task WaitForInputOrDeadlineAsync(CancellationToken stoppingToken)
    {
        var now = time.Observe();
        var due = Earlier(_state.NextDeadline, _retryStorageAt) ?? now + SnapshotEvery;
        var wait = due - now;
        if (wait <= TimeSpan.Zero)
            return;

        using var timeout = new CancellationTokenSource(wait < SnapshotEvery ? wait : SnapshotEvery, time);
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

    private void Take(TrackerStep step, bool sawSomething)
    {
        var before = _state;
        _state = step.State;
        _changedSinceSnapshot |= sawSomething;
        var clockNow = step.Transitions.IsEmpty ? null : clock();
        foreach (var transition in step.Transitions)
        {
            _unstored.Add(composer.Compose(transition, clockNow!));
            foreach (var observer in observers)
                observer.Decided(transition);
        }

        if (!step.Transitions.IsEmpty)
            Store();
        if (!BayStates.AreSame(before, _state))
            Announce();
    }

    private void Announce()
    {
        var bays = BayStates.Of(_state).ToList();
        foreach (var observer in observers)
            observer.BaysChanged(bays);
    }

    private void StoreWhatIsDue()
    {
        var now = time.Observe();
        var snapshotIsDue = _changedSinceSnapshot && now - _lastSnapshot >= SnapshotEvery;
        if (snapshotIsDue || (_retryStorageAt is { } retry && now.Monotonic >= retry.Monotonic))
            Store();
    }

    private void Store()
    {
        try
        {
            journal.Append(_unstored, TrackerSnapshot.Write(_state, clock().BootId));
            _unstored.Clear();
            _lastSnapshot = time.Observe();
            _changedSinceSnapshot = false;
            if (_retryStorageAt is not null)
                Log.StorageWorksAgain(logger);
            _retryStorageAt = null;
        }
        catch (StorageFaultException exception)
        {
            if (_retryStorageAt is null)
                Log.StorageRefuses(logger, exception);
            _retryStorageAt = time.Observe() + StorageRetry;
        }
    }

    private static ObservedAt? Earlier(ObservedAt? a, ObservedAt? b) =>
        a is null ? b : b is null ? a : a.Value.Monotonic <= b.Value.Monotonic ? a : b;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The disk does not take events; they are kept in memory and tried again every second")]
        public static partial void StorageRefuses(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "The disk takes events again; nothing was lost")]
        public static partial void StorageWorksAgain(ILogger logger);
    }
}
