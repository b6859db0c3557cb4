using System.Collections.Concurrent;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;
using BayEdge.Service.Tests.Timing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Sources;

public sealed class BrokenDriverTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_driver_that_breaks_at_every_attempt_is_logged_once_until_it_works_again()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var broken = new Broken();
        var configuration = new EdgeConfiguration
        {
            Site = "s", Device = "d", Bays = [new BayConfiguration("bay-01", "1")],
            Presence = [new PresenceConfiguration("loop-1", "broken", DriverSettings.Empty, "bay-01")],
        };
        using var loop = new BayLoop(
            TrackerState.Start(new BayLayout(configuration), [], time.Observe()),
            new NoJournal(), new EventComposer("s", "d"), Clocks.Synced(time), [], time, NullLogger<BayLoop>.Instance);
        var log = new Stacks();
        using var supervisor = new SourceSupervisor(
            configuration, new DriverCatalogue([broken]), loop, new StatusBoard(configuration, time),
            new RunningSources(), new HeardTags(time), new ContactStates(time), new ReadPlates(), time, log, []);
        await supervisor.StartAsync(TestContext.Current.CancellationToken);

        await UntilTriedAsync(3);
        Assert.Equal(["The driver of loop-1 broke: attempt 1"], log.All);

        broken.Works = true;
        var tried = broken.Attempts;
        await UntilTriedAsync(tried + 3);
        Assert.StartsWith("The driver of loop-1 broke: attempt ", log.All.ElementAtOrDefault(1), StringComparison.Ordinal);
        await supervisor.StopAsync(TestContext.Current.CancellationToken);

        async Task UntilTriedAsync(int attempts)
        {
            while (broken.Attempts < attempts)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Fails at once, or once it works.</summary>
    private sealed class Broken : ISourceDriver, ISource
    {
        private int _attempts;

        public DriverDescriptor Descriptor { get; } = new("broken", SourceKind.Presence, new LocalizedText("b", "b"), []);

        public int Attempts => Volatile.Read(ref _attempts);

        public bool Works { get; set; }

        public ISource Create(SourceConfiguration configuration) => this;

        public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody asks.");

        public Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
        {
            if (Works)
                sink.Ready();
            throw new InvalidOperationException($"attempt {Interlocked.Increment(ref _attempts)}");
        }
    }

    /// <summary>Keeps what is logged with a stack.</summary>
    private sealed class Stacks : ILogger<SourceSupervisor>
    {
        private readonly ConcurrentQueue<string> _all = new();

        public IReadOnlyCollection<string> All => _all;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                _all.Enqueue($"{formatter(state, exception)}: {exception.Message}");
        }
    }
}
