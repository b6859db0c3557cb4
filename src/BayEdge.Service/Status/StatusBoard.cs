using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Status;

/// <summary>What the local page shows; written by every part of the service, read by any number of pages.</summary>
internal sealed class StatusBoard(EdgeConfiguration configuration, TimeProvider time) : IBayObserver, IDeliveryListener
{
    private const int EventsKept = 50;
    private static readonly TimeSpan LeastBetweenUpdates = TimeSpan.FromMilliseconds(250);

    // Counts of sightings move without a change, and a page must notice when the device has gone.
    private static readonly TimeSpan MostBetweenUpdates = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _bayNames = configuration.Bays.ToDictionary(bay => bay.Id, bay => bay.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SourceEntry> _sources = new(
        configuration.Sources.Select(source => KeyValuePair.Create(source.Id, new SourceEntry())), StringComparer.Ordinal);
    private readonly LinkedList<EventView> _events = new();
    private IReadOnlyList<BayStateMessage> _bays = [];
    private DeliveryView _delivery = new(false, null, 0, null);
    private IReadOnlyList<Phrase> _dangers = [];
    private Phrase? _storageFault;
    private TaskCompletionSource _changed = NewSignal();

    public void Decided(Transition transition) => Change(() =>
    {
        _events.AddFirst(EventView.Of(transition));
        if (_events.Count > EventsKept)
            _events.RemoveLast();
    });

    public void BaysChanged(IReadOnlyList<BayStateMessage> bays) => Change(() => _bays = bays);

    public void StorageChanged(Phrase? fault) => Change(() => _storageFault = fault);

    public void SourceUp(string source, DateTimeOffset at) => Change(() => _sources[source].Set(true, at, null));

    public void SourceDown(string source, Phrase reason, DateTimeOffset at) => Change(() => _sources[source].Set(false, at, reason));

    /// <summary>Does not count as a change: pages are told of decisions, not of reads.</summary>
    public void CountSighting(string source) => _sources[source].Count();

    /// <summary>Counts a tag that the reader's filter leaves out.</summary>
    public void CountIgnored(string source) => _sources[source].CountIgnored();

    public void Connected(string broker) => Change(() => _delivery = _delivery with { Connected = true, Detail = broker, Reason = null });

    public void Disconnected(string reason) => Disconnected(Wording.Of(reason).Phrase);

    public void Disconnected(Phrase reason) => Change(() => _delivery = _delivery with { Connected = false, Detail = reason.Text, Reason = reason });

    public void Confirmed(IReadOnlyList<OutboxEntry> entries) => Change(() => _delivery = _delivery with
    {
        Confirmed = _delivery.Confirmed + entries.Count,
        LastConfirmedAt = time.GetUtcNow(),
    });

    public void Endangered(IReadOnlyList<Phrase> problems) => Change(() => _dangers = problems);

    public StatusView Read()
    {
        lock (_lock)
        {
            return new StatusView(
                configuration.Site,
                configuration.Device,
                configuration.Language,
                time.GetUtcNow(),
                [.. _bays.Select(bay => new BayView(bay.Bay, _bayNames[bay.Bay], bay.State, bay.VisitId, bay.Vehicle, bay.Since))],
                Sources(),
                _delivery,
                _storageFault,
                [.. _events]);
        }
    }

    public IReadOnlyList<SourceHealth> Sources() =>
        [.. _sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => source.Value.ToHealth(source.Key))];

    /// <summary>Why a source is down; null where it is not.</summary>
    public Phrase? ReasonOf(string source) => _sources.GetValueOrDefault(source)?.Reason;

    public DateTimeOffset? LastConfirmedAt
    {
        get
        {
            lock (_lock)
                return _delivery.LastConfirmedAt;
        }
    }

    /// <summary>What endangers the delivery, a sentence each: the storage, then whatever the publisher knows.</summary>
    public IReadOnlyList<Phrase> Dangers
    {
        get
        {
            lock (_lock)
                return _storageFault is { } storage ? [storage, .. _dangers] : _dangers;
        }
    }

    /// <summary>Those of them that the publisher knows: a namesake, a certificate that runs out.</summary>
    public IReadOnlyList<Phrase> DeliveryDangers
    {
        get
        {
            lock (_lock)
                return _dangers;
        }
    }

    /// <summary>The present view at once, then again after every change and every two seconds, a few times a second at most. Ends when cancelled.</summary>
    public async IAsyncEnumerable<StatusView> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = Volatile.Read(ref _changed).Task;
            yield return Read();
            await Task.Delay(LeastBetweenUpdates, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changed.WaitAsync(MostBetweenUpdates, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
            change();
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class SourceEntry
    {
        private long _sightings;
        private long _ignored;
        private bool _up;
        private DateTimeOffset? _since;
        private Phrase? _reason;

        public void Set(bool up, DateTimeOffset at, Phrase? reason)
        {
            if (_up != up || _since is null)
                _since = at;
            (_up, _reason) = (up, reason);
        }

        public void Count() => Interlocked.Increment(ref _sightings);

        public void CountIgnored() => Interlocked.Increment(ref _ignored);

        public Phrase? Reason => _reason;

        public SourceHealth ToHealth(string id) => new(id, _up, _since, _reason?.Text, Interlocked.Read(ref _sightings))
        {
            Ignored = Interlocked.Read(ref _ignored) is var ignored and > 0 ? ignored : null,
        };
    }
}
