using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Bays;

public sealed class BayLoopTests : IAsyncDisposable
{
    private const string Tag = "E28068940000501234567890";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly MemoryJournal _journal = new();
    private readonly LastBays _bays = new();
    private readonly BayLoop _loop;

    public BayLoopTests()
    {
        var configuration = TestConfiguration.WithReader("192.0.2.5", Tag);
        var start = TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, _time.Observe()).WithSourcesDown();
        _loop = new BayLoop(
            start, _journal, new EventComposer("sh-01", "pi-01"), () => new ClockInfo(ClockState.Synced, 1, "boot-1"), [_bays], _time, NullLogger<BayLoop>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_bay_is_unknown_until_a_source_can_see_it()
    {
        await _loop.StartAsync(Cancellation);
        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Unknown, Cancellation);

        await SendAsync(new SourceSighting(_time.Observe(), "reader-1", SourceState.Up));

        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Vacant, Cancellation);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_vehicle_is_journalled_with_the_snapshot_that_knows_it()
    {
        await _loop.StartAsync(Cancellation);

        await ReadTagAsync(seconds: 10);

        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);
        Assert.Equal(["bayedge/v1/sh-01/pi-01/bays/bay-01/events"], _journal.Topics);
        Assert.Contains(Tag, System.Text.Encoding.UTF8.GetString(_journal.Snapshot.Span), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_event_that_the_disk_refuses_is_stored_once_the_disk_takes_it()
    {
        _journal.Refuses = true;
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(seconds: 10);
        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);
        Assert.Empty(_journal.Topics);

        _journal.Refuses = false;
        while (_journal.Topics.Count == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancellation);
        }

        Assert.Single(_journal.Topics);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_vehicle_that_is_no_longer_seen_leaves_when_its_time_is_up_without_any_further_sighting()
    {
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(seconds: 10);
        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);

        while (_journal.Topics.Count < 2)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, Cancellation);
        }

        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Vacant, Cancellation);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_state_is_saved_when_the_service_stops()
    {
        await _loop.StartAsync(Cancellation);
        await _bays.WaitAsync(_ => true, Cancellation);

        await _loop.StopAsync(Cancellation);

        Assert.True(_journal.Snapshot.Length > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
    }

    private async Task ReadTagAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await SendAsync(new TagSighting(_time.Observe(), "reader-1", 1, Tag, -55, 1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private ValueTask SendAsync(Sighting sighting) => _loop.SendAsync(new SightingInput(sighting), Cancellation);

    private sealed class LastBays : IBayObserver
    {
        private volatile IReadOnlyList<BayStateMessage> _last = [];

        public void Decided(Transition transition)
        {
        }

        public void BaysChanged(IReadOnlyList<BayStateMessage> bays) => _last = bays;

        public async Task WaitAsync(Func<BayStateMessage, bool> condition, CancellationToken cancellationToken)
        {
            while (_last.Count == 0 || !condition(_last[0]))
                await Task.Delay(1, cancellationToken);
        }
    }

    /// <summary>Takes what SQLite would take; whether it can is up to the test.</summary>
    private sealed class MemoryJournal : IJournal
    {
        private readonly List<string> _topics = [];

        public volatile bool Refuses;

        public int Epoch => 1;

        public long LastSequence => _topics.Count;

        public IReadOnlyList<string> Topics
        {
            get
            {
                lock (_topics)
                    return [.. _topics];
            }
        }

        public ReadOnlyMemory<byte> Snapshot { get; private set; }

        public IReadOnlyList<EventPosition> Append(IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte> snapshot)
        {
            if (Refuses)
                throw new StorageFaultException("The disk is full.");
            lock (_topics)
            {
                _topics.AddRange(events.Select(e => e.Topic));
                Snapshot = snapshot;
                return [.. events.Select((_, index) => new EventPosition(1, _topics.Count - events.Count + index + 1))];
            }
        }

        public ReadOnlyMemory<byte>? ReadSnapshot() => null;
    }
}
