using System.Text.Json;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Tests.Timing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Bays;

public sealed class BayLoopTests : IAsyncDisposable
{
    private const string Tag = "E28068940000501234567890";
    private const string OtherTag = "E28068940000509999999999";

    private static readonly TimeSpan ComesIn = TimeSpan.FromMinutes(1);

    // Shorter, it might only have stopped before the bay.
    private static readonly TimeSpan Stays = TimeSpan.FromMinutes(3);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly MemoryJournal _journal = new();
    private readonly LastBays _bays = new();
    private readonly BayLoop _loop;

    public BayLoopTests() => _loop = NewLoop(_journal);

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

        await ReadTagAsync(ComesIn);

        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);
        Assert.Equal(["bayedge/v1/sh-01/pi-01/bays/bay-01/events"], _journal.Events.Select(stored => stored.Topic));
        Assert.Contains(Tag, System.Text.Encoding.UTF8.GetString(_journal.Snapshot.Span), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_event_that_the_disk_refuses_is_told_to_nobody_until_the_disk_takes_it()
    {
        _journal.Refuses = true;
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(ComesIn);
        await _bays.WaitForStorageAsync("The disk is full.", Cancellation);
        Assert.Empty(_journal.Events);
        Assert.Empty(_bays.Decided);
        Assert.NotEqual(BayOccupancy.Occupied, _bays.First.State);

        _journal.Refuses = false;
        await AdvanceUntilAsync(() => _journal.Events.Count == 1);

        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);
        await _bays.WaitForStorageAsync(null, Cancellation);
        Assert.IsType<VehicleEntered>(Assert.Single(_bays.Decided));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_that_ends_a_silence_and_arrives_half_a_second_late_keeps_the_vehicle_in_the_bay(bool neighbourSpeaks)
    {
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(Stays);
        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);

        var silence = SilenceThatEnds(Stays);
        var lastRead = _time.Observe() - TimeSpan.FromSeconds(1);
        _time.Advance(silence - TimeSpan.FromSeconds(0.6));
        // Something else that is seen meanwhile, here or by a neighbour, must not settle what the late read will say.
        await _loop.SendAsync(
            neighbourSpeaks
                ? new NeighbourHeard(_time.Observe(), "pi-02", "bay-04", OtherTag, -55, 1, IsVisiting: false)
                : new SightingInput(new TagSighting(_time.Observe(), "reader-1", 1, OtherTag, -55, 1)),
            Cancellation);
        await Task.Delay(50, Cancellation);
        var late = (lastRead + silence - TimeSpan.FromSeconds(0.1)).ToMilliseconds();
        await SendAsync(new TagSighting(late, "reader-1", 1, Tag, -55, 1));
        await AdvanceUntilAsync(() => _journal.Events.Count == 2);

        Assert.Equal(late.Wall, _journal.Events[1].Time);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_vehicle_that_is_no_longer_seen_leaves_when_its_time_is_up_without_any_further_sighting()
    {
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(Stays);
        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);

        while (_journal.Events.Count < 2)
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

        await _loop.StoppedAsync(Cancellation);

        Assert.True(_journal.Snapshot.Length > 0);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_the_sources_see_while_they_end_is_still_taken()
    {
        await _loop.StartAsync(Cancellation);
        await _bays.WaitAsync(_ => true, Cancellation);
        await _loop.StopAsync(Cancellation);

        await ReadTagAsync(ComesIn);
        await _loop.StoppedAsync(Cancellation);

        Assert.Single(_journal.Events);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_event_that_the_disk_refuses_when_the_service_stops_is_stored_once_the_disk_takes_it()
    {
        _journal.Refuses = true;
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(ComesIn);
        await _bays.WaitForStorageAsync("The disk is full.", Cancellation);

        var stopped = _loop.StoppedAsync(Cancellation);
        _journal.Refuses = false;
        await AdvanceUntilAsync(() => stopped.IsCompleted);

        Assert.Single(_journal.Events);
        Assert.True(_loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact(Timeout = 30_000)]
    public async Task Events_that_the_disk_refuses_to_the_end_make_the_loop_fail()
    {
        _journal.Refuses = true;
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(ComesIn);
        await _bays.WaitForStorageAsync("The disk is full.", Cancellation);

        await _loop.StoppedAsync(new CancellationToken(canceled: true));

        var fault = await Assert.ThrowsAsync<StorageFaultException>(() => _loop.ExecuteTask!);
        Assert.Equal("The service stopped while the disk took nothing: 1 events are lost.", fault.Message);
        Assert.NotNull(_journal.Noted);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_persons_word_for_a_plate_is_answered_with_what_came_of_it_when_its_turn_came()
    {
        await _loop.StartAsync(Cancellation);
        await ReadTagAsync(ComesIn, OtherTag);
        await _bays.WaitAsync(bay => bay.State == BayOccupancy.Occupied, Cancellation);
        var word = new PlateStated("bay-01", _bays.First.VisitId!, "沪AD12346");

        var (first, again, other, stranger) = (
            _loop.AskAsync(word, Cancellation), _loop.AskAsync(word, Cancellation), _loop.AskAsync(word with { Plate = "沪AD12347" }, Cancellation), _loop.AskAsync(word with { VisitId = "v-1" }, Cancellation));

        Assert.Equal(new PlateAnswer(null, PlateTold.Identified), await first);
        Assert.Equal(new PlateAnswer(null, PlateTold.Nothing), await again);
        Assert.Equal(new PlateAnswer(null, PlateTold.Corrected), await other);
        Assert.Equal(new PlateAnswer(PlateProblem.NoSuchVisit, PlateTold.Nothing), await stranger);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_persons_word_that_comes_when_the_bays_are_no_longer_watched_is_not_waited_for()
    {
        await _loop.StartAsync(Cancellation);
        await _bays.WaitAsync(_ => true, Cancellation);
        await _loop.StoppedAsync(Cancellation);

        Assert.Null(await _loop.AskAsync(new PlateStated("bay-01", "v-1", "沪AD12346"), Cancellation));
    }

    [Fact(Timeout = 30_000)]
    public async Task Events_that_went_with_the_power_while_the_disk_was_full_are_owned_up_to_at_the_next_start()
    {
        var refused = _time.GetUtcNow() - TimeSpan.FromMinutes(20);
        var journal = new MemoryJournal { RefusedSince = refused };
        using var loop = NewLoop(journal);

        await loop.StartAsync(Cancellation);
        while (journal.Events.Count == 0)
            await Task.Delay(1, Cancellation);
        await loop.StoppedAsync(Cancellation);

        var gap = JsonSerializer.Deserialize(Assert.Single(journal.Events).Payload, ContractsJson.Wire.CloudEventGapData)!.Data;
        Assert.Equal(("storage-full", refused, _time.GetUtcNow()), (gap.Reason, gap.From, gap.To));
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StoppedAsync(new CancellationToken(canceled: true));
        _loop.Dispose();
    }

    private BayLoop NewLoop(MemoryJournal journal)
    {
        var configuration = TestConfiguration.WithReader("192.0.2.5", Tag);
        var start = TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, _time.Observe()).WithSourcesDown();
        return new BayLoop(start, journal, new EventComposer("sh-01", "pi-01"), Clocks.Synced(_time), [_bays], _time, NullLogger<BayLoop>.Instance);
    }

    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancellation);
        }
    }

    private async Task ReadTagAsync(TimeSpan length, string tag = Tag)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += TimeSpan.FromSeconds(1))
        {
            await SendAsync(new TagSighting(_time.Observe(), "reader-1", 1, tag, -55, 1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The silence after which the tracker believes that a vehicle has gone that was there for so long.</summary>
    private static TimeSpan SilenceThatEnds(TimeSpan stay)
    {
        var configuration = TestConfiguration.WithReader("192.0.2.5", Tag);
        var first = new ObservedAt(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), TimeSpan.Zero);
        var state = TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, first);
        for (var passed = TimeSpan.Zero; passed < stay; passed += TimeSpan.FromSeconds(1))
            state = BayTracker.Step(state, new SightingInput(new TagSighting(first + passed, "reader-1", 1, Tag, -55, 1))).State;
        var left = Assert.Single(BayTracker.AdvanceTo(state, first + stay + TimeSpan.FromHours(1)).Transitions.OfType<VehicleLeft>());
        return left.DecidedAt - left.At;
    }

    private ValueTask SendAsync(Sighting sighting) => _loop.SendAsync(new SightingInput(sighting), Cancellation);

    private sealed class LastBays : IBayObserver
    {
        private readonly List<Transition> _decided = [];
        private volatile IReadOnlyList<BayStateMessage> _last = [];
        private volatile string? _storageFault;

        public BayStateMessage First => _last[0];

        public IReadOnlyList<Transition> Decided
        {
            get
            {
                lock (_decided)
                    return [.. _decided];
            }
        }

        void IBayObserver.Decided(Transition transition)
        {
            lock (_decided)
                _decided.Add(transition);
        }

        public void BaysChanged(IReadOnlyList<BayStateMessage> bays) => _last = bays;

        public void StorageChanged(Phrase? fault) => _storageFault = fault?.Text;

        public async Task WaitAsync(Func<BayStateMessage, bool> condition, CancellationToken cancellationToken)
        {
            while (_last.Count == 0 || !condition(_last[0]))
                await Task.Delay(1, cancellationToken);
        }

        public async Task WaitForStorageAsync(string? fault, CancellationToken cancellationToken)
        {
            while (_storageFault != fault)
                await Task.Delay(1, cancellationToken);
        }
    }

    /// <summary>Takes what SQLite would take; whether it can is up to the test.</summary>
    private sealed class MemoryJournal : IJournal
    {
        private readonly List<(string Topic, DateTimeOffset Time, byte[] Payload)> _events = [];

        public volatile bool Refuses;

        public int Epoch => 1;

        public long LastSequence => Events.Count;

        public DateTimeOffset? RefusedSince { get; init; }

        public DateTimeOffset? Noted { get; private set; }

        public IReadOnlyList<(string Topic, DateTimeOffset Time, byte[] Payload)> Events
        {
            get
            {
                lock (_events)
                    return [.. _events];
            }
        }

        public ReadOnlyMemory<byte> Snapshot { get; private set; }

        public IReadOnlyList<EventPosition> Append(IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte> snapshot)
        {
            if (Refuses)
                throw new StorageFaultException("The disk is full.");
            lock (_events)
            {
                var positions = events.Select((_, index) => new EventPosition(1, _events.Count + index + 1)).ToList();
                _events.AddRange(events.Zip(positions, (pending, position) => Kept(pending.Topic, pending.Compose(position))));
                Snapshot = snapshot;
                return positions;
            }
        }

        public void NoteRefused(DateTimeOffset since) => Noted ??= since;

        public ReadOnlyMemory<byte>? ReadSnapshot() => null;

        public IReadOnlyList<UnsettledEvent> ReadUnsettled() => [];

        public (int Replaced, int Corrected) Settle(IReadOnlyList<Redating> redatings, ReadOnlyMemory<byte> snapshot) => (0, 0);

        private static (string Topic, DateTimeOffset Time, byte[] Payload) Kept(string topic, byte[] payload) =>
            (topic, JsonDocument.Parse(payload).RootElement.GetProperty("time").GetDateTimeOffset(), payload);
    }
}
