using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Service.Tests.Status;

public sealed class HealthReporterTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_journal_that_cannot_be_read_holds_the_report_back_and_ends_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var configuration = TestConfiguration.WithReader("192.0.2.5", "E28068940000501234567890");
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var outbox = new BrokenOutbox();
        var reports = new Reports();
        using var reporter = new HealthReporter(
            configuration, new StatusBoard(configuration, time), outbox, reports, () => new ClockInfo(ClockState.Synced, 1, "boot-1"),
            new DataFolder(folder.Path), time, NullLogger<HealthReporter>.Instance);

        await reporter.StartAsync(cancellation);
        while (outbox.Asked < 3)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(1, cancellation);
        }

        Assert.False(reporter.ExecuteTask!.IsCompleted);
        Assert.Equal(0, reports.Count);
        outbox.IsWhole = true;
        while (reports.Count == 0)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(1, cancellation);
        }

        await reporter.StopAsync(cancellation);
    }

    private sealed class Reports : IRetainedPublisher
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Set(string topic, ReadOnlyMemory<byte> payload) => Interlocked.Increment(ref _count);
    }

    private sealed class BrokenOutbox : IOutbox
    {
        private int _asked;

        public volatile bool IsWhole;

        public int Asked => Volatile.Read(ref _asked);

        public int Epoch => 1;

        public OutboxStatus GetStatus()
        {
            Interlocked.Increment(ref _asked);
            return IsWhole ? new OutboxStatus(0, null, null, 0, 0) : throw new StorageFaultException("The disk reported an error.");
        }

        public IReadOnlyList<OutboxEntry> Read(EventPosition after, int limit) => [];

        public IReadOnlyList<OutboxEntry> Confirm(int epoch, long upTo) => [];

        public IReadOnlyList<OutboxEntry> Confirm(IReadOnlyList<EventPosition> positions) => [];

        public void Quarantine(EventPosition position, string reason)
        {
        }

        public Task WaitForStoredAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
