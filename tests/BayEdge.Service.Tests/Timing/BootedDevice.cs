using BayEdge.Contracts.Consuming;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Service.Timing;
using BayEdge.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Timing;

/// <summary>A device from one start of its computer to the next power cut: real journal, real loop, virtual time.</summary>
internal sealed class BootedDevice : IAsyncDisposable
{
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _truth;
    private readonly SqliteJournal _journal;
    private readonly DeviceClock _clock;
    private readonly BayLoop _loop;
    private readonly CancellationToken _cancellation;

    /// <summary>Whether the kernel says that its clock follows a time server.</summary>
    public volatile bool IsSynchronised;

    public BootedDevice(FakeTimeProvider truth, BootedTime time, string folder, string bootId, CancellationToken cancellation)
    {
        (_truth, _cancellation) = (truth, cancellation);
        Time = time;
        var configuration = TestConfiguration.WithReader("192.0.2.5", Tag);
        _journal = SqliteJournal.Open(new JournalOptions { Folder = folder, ReserveBytes = 0 }, Time);
        _clock = new DeviceClock(ClockLedger.Start(bootId), () => new ClockReading(IsSynchronised, IsSynchronised ? 5 : null), Time);
        var composer = new EventComposer("sh-01", "pi-01");
        var start = TrackerStart.Begin(configuration, _journal, composer, new NoBroker(), _clock, Time.Observe().ToMilliseconds(), NullLogger.Instance);
        _loop = new BayLoop(start, _journal, composer, _clock, [], Time, NullLogger<BayLoop>.Instance);
    }

    public BootedTime Time { get; }

    public async Task StartAsync()
    {
        await _loop.StartAsync(_cancellation);
        await SeeAsync(new SourceSighting(Time.Observe(), "reader-1", SourceState.Up));
    }

    public async Task ReadTagAsync(TimeSpan length)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += TimeSpan.FromSeconds(1))
        {
            await SeeAsync(new TagSighting(Time.Observe(), "reader-1", 1, Tag, -55, 1));
            _truth.Advance(TimeSpan.FromSeconds(1));
        }

        await TurnAsync();
    }

    /// <summary>Lets time pass, a few seconds at a time, and the loop go round in each.</summary>
    public async Task PassAsync(TimeSpan length)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += Step)
        {
            _truth.Advance(Step);
            await TurnAsync();
        }
    }

    public Task LeaveAsync() => PassAsync(TimeSpan.FromMinutes(10));

    /// <summary>What the publisher sends now; from here on it may have been seen.</summary>
    public IReadOnlyList<ReceivedEvent> Deliver()
    {
        var entries = _journal.Read(default, int.MaxValue);
        var received = new List<ReceivedEvent>();
        foreach (var entry in entries)
        {
            Assert.True(ReceivedEvent.TryRead(entry.Topic, entry.Payload.Span, out var read, out var problem), problem);
            received.Add(read);
        }

        _journal.Confirm(_journal.Epoch, _journal.LastSequence);
        return received;
    }

    /// <summary>The power goes: nothing is stored any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _loop.Dispose();
        await (_loop.ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _journal.Dispose();
    }

    private async Task TurnAsync()
    {
        // On a busy computer the loop may have gone round only while the time was moved, and not have looked at the clock closely.
        while (_loop.LastTurn < Time.Observe().Monotonic || (IsSynchronised && !_clock.Ledger.IsTrusted))
        {
            // It may have begun to wait only now, and then the time that passed does not wake it.
            _loop.TrySend(new TimePassed(Time.Observe() - Step));
            await Task.Delay(1, _cancellation);
        }
    }

    private ValueTask SeeAsync(Sighting sighting) => _loop.SendAsync(new SightingInput(sighting), _cancellation);
}
