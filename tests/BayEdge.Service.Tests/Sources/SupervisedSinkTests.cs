using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Tags;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;
using BayEdge.Service.Tests.Timing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Sources;

public sealed class SupervisedSinkTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_tag_that_is_no_vehicles_is_counted_and_otherwise_ignored()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var configuration = TestConfiguration.WithReader("192.0.2.5", "E28068940000501234567890");
        var board = new StatusBoard(configuration, time);
        using var loop = new BayLoop(
            TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, time.Observe()),
            new NoJournal(), new EventComposer("sh-01", "pi-01"), Clocks.Synced(time), [], time, NullLogger<BayLoop>.Instance);
        var heard = new HeardTags(time);
        var sink = new SupervisedSink("reader-1", new TagFilter(["E280"], []), loop, board, heard, new ContactStates(time), new ReadPlates(), null, time, onReady: () => { });

        foreach (var tag in (string[])["E28068940000501234567890", "3074257BF7194E4000001A85", "3074257BF7194E4000001A86"])
            await sink.PublishAsync(new TagSighting(time.Observe(), "reader-1", 1, tag, -58, 1), TestContext.Current.CancellationToken);

        var reader = Assert.Single(board.Sources());
        Assert.Equal((1L, 2L), (reader.Sightings, reader.Ignored));
        Assert.Equal(
            [("3074257BF7194E4000001A85", false), ("3074257BF7194E4000001A86", false), ("E28068940000501234567890", true)],
            heard.Of("reader-1").Select(tag => (tag.Tag, tag.Counts)).Order());
    }
}
