using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class WalkServiceTests : IDisposable
{
    private static readonly WalkPlan Plan = new() { Bay = Workshop.Bay(1), OtherBays = [Workshop.Bay(2)], Tag = "E280" };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CommissioningKeeper _keeper;
    private readonly WalkService _walk;

    public WalkServiceTests()
    {
        _keeper = new CommissioningKeeper(new ProgressFile(new DataFolder(_folder.Path)), NullLogger<CommissioningKeeper>.Instance);
        _walk = new WalkService(_keeper, _time);
    }

    public void Dispose()
    {
        _walk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_walk_to_which_no_vehicle_comes_ends_by_itself_and_the_device_keeps_that_it_failed()
    {
        await _walk.StartAsync(TestContext.Current.CancellationToken);
        _walk.Begin(Plan, Workshop.WithBays(2));

        // Timers of this clock run on threads of their own.
        for (var second = 0; _walk.State is { EndedAt: null } && second < 3600; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        }

        var kept = new ProgressFile(new DataFolder(_folder.Path)).Read().Walks[Workshop.Bay(1)];
        Assert.Equal(StepState.Failed, kept.State);
        Assert.Equal(StepState.Failed, kept.Items.Single(item => item.Id == "arrive").State);
        await _walk.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_walk_that_the_installer_stops_proves_nothing_and_is_kept()
    {
        _walk.Begin(Plan, Workshop.WithBays(2));

        _walk.Stop();

        Assert.NotNull(_walk.State!.EndedAt);
        Assert.NotEqual(StepState.Ok, _keeper.Progress.Walks[Workshop.Bay(1)].State);
    }

    [Fact]
    public void Of_two_walks_that_begin_at_once_one_runs()
    {
        var begun = new bool[8];
        Parallel.For(0, begun.Length, phone => begun[phone] = _walk.Begin(Plan, Workshop.WithBays(2)));

        Assert.Single(begun, begins => begins);
    }

    [Fact]
    public void What_is_seen_where_no_bay_is_does_not_reach_the_judge()
    {
        _walk.Begin(Plan, Workshop.WithBays(2));
        var before = _walk.State;

        _walk.Saw(new TagSighting(_time.Observe(), "reader-of-nobody", 1, "E280", -40, 1));
        Assert.Same(before, _walk.State);

        _walk.Saw(new TagSighting(_time.Observe(), Workshop.Reader, 2, "E280", -40, 1));
        Assert.NotSame(before, _walk.State);
    }

    [Fact]
    public void Nothing_of_what_happens_before_a_walk_begins_or_after_it_ends_counts()
    {
        _walk.Saw(new TagSighting(_time.Observe(), Workshop.Reader, 1, "E280", -40, 1));
        _walk.DrivesOff();
        Assert.Null(_walk.State);

        _walk.Begin(Plan, Workshop.WithBays(2));
        _walk.Stop();
        var ended = _walk.State;
        _walk.Saw(new TagSighting(_time.Observe(), Workshop.Reader, 1, "E280", -40, 1));
        _walk.DrivesOff();

        Assert.Same(ended, _walk.State);
    }
}
