using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Status;
using BayEdge.Service.Tests.Timing;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class HealthTests
{
    [Fact]
    public void A_loop_that_no_longer_goes_round_is_a_fault_after_thirty_seconds()
    {
        var time = new FakeTimeProvider();
        using var folder = new TemporaryFolder();
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder.Path }, time);
        var configuration = TestConfiguration.WithReader("192.0.2.5", "E28068940000501234567890");
        var board = new StatusBoard(configuration, time);
        using var loop = new BayLoop(
            TrackerState.Start(new BayLayout(configuration), [], time.Observe()), journal, new EventComposer("sh-01", "pi-01"),
            Clocks.Synced(time), [board], time, NullLogger<BayLoop>.Instance);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(DeviceStatus.FaultOf(loop, board, time));

        time.Advance(TimeSpan.FromSeconds(13));
        Assert.Equal("The bays have not been looked after for 42 s; save the logs and restart the service.", DeviceStatus.FaultOf(loop, board, time));
    }
}
