using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Timing;

/// <summary>What a central system's ledger ends with when the device's clock was wrong.</summary>
public sealed class ClockScenarioTests : IDisposable
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ThreeHoursSlow = TimeSpan.FromHours(-3);
    private static readonly TimeSpan Stays = TimeSpan.FromMinutes(4);

    private readonly FakeTimeProvider _truth = new(Eight);
    private readonly TemporaryFolder _folder = new();
    private readonly List<ReceivedEvent> _received = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Visit Visit => Assert.Single(VisitProjection.Fold(_received));

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_vehicle_enters_before_the_time_server_is_reached_and_the_ledger_ends_with_the_true_time(bool wasSent)
    {
        await using var device = await BootAsync("boot-1", ThreeHoursSlow);
        await device.ReadTagAsync(Stays);
        if (wasSent)
            Deliver(device);
        Synchronise(device);
        await device.LeaveAsync();
        Deliver(device);

        AssertAbout(Eight + TimeSpan.FromSeconds(20), Visit.Entered!.At);
        AssertAbout(Eight + TimeSpan.FromSeconds(20) + Stays, Visit.Left!.At);
        AssertAbout(Stays, TimeSpan.FromSeconds(Visit.OccupiedSeconds!.Value));
        var types = _received.Select(received => received.Type).ToList();
        Assert.Equal(
            wasSent ? [EventTypes.VehicleEntered, EventTypes.VisitCorrected, EventTypes.VehicleLeft] : [EventTypes.VehicleEntered, EventTypes.VehicleLeft], types);
        Assert.Equal(
            wasSent ? [ClockState.Unsynced, ClockState.Corrected, ClockState.Synced] : [ClockState.Corrected, ClockState.Synced],
            _received.Select(received => received.Visit!.Clock.State));
        if (wasSent)
            Assert.Equal("the clock was 3 h 0 min slow and has been set", _received[1].Visit!.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_whole_visit_that_was_told_by_a_slow_clock_is_told_anew()
    {
        await using var device = await BootAsync("boot-1", ThreeHoursSlow);
        await device.ReadTagAsync(Stays);
        await device.LeaveAsync();
        Deliver(device);
        Synchronise(device);
        await device.PassAsync(TimeSpan.FromSeconds(5));
        Deliver(device);

        AssertAbout(Eight + TimeSpan.FromSeconds(20), Visit.Entered!.At);
        AssertAbout(Eight + TimeSpan.FromSeconds(20) + Stays, Visit.Left!.At);
        AssertAbout(Stays, TimeSpan.FromSeconds(Visit.OccupiedSeconds!.Value));
        Assert.All(_received.Where(received => received.Type == EventTypes.VisitCorrected), received => Assert.True(received.Envelope.RecordedTime > Eight));
    }

    [Fact(Timeout = 120_000)]
    public async Task When_the_power_goes_before_the_time_is_known_the_visit_gets_bounds_and_no_invented_point()
    {
        await using (var yesterday = await BootAsync("boot-0", TimeSpan.Zero))
        {
            Synchronise(yesterday);
            await yesterday.ReadTagAsync(Stays);
            await yesterday.LeaveAsync();
        }

        var lastKnown = _truth.GetUtcNow();
        _truth.Advance(TimeSpan.FromHours(14));
        DateTimeOffset entered;
        await using (var slow = await BootAsync("boot-1", TimeSpan.FromHours(-12)))
        {
            entered = _truth.GetUtcNow();
            await slow.ReadTagAsync(Stays);
            Deliver(slow);
        }

        _truth.Advance(TimeSpan.FromHours(1));
        var restart = _truth.GetUtcNow();
        await using var device = await BootAsync("boot-2", TimeSpan.FromHours(-13));
        await device.ReadTagAsync(Stays);
        Synchronise(device);
        await device.LeaveAsync();
        Deliver(device);

        var visits = VisitProjection.Fold(_received);
        Assert.Equal(2, visits.Count);
        var visit = visits[1];
        Assert.InRange(visit.Entered!.Earliest!.Value, lastKnown - TimeSpan.FromMinutes(11), lastKnown);
        AssertAbout(restart, visit.Entered.Latest!.Value);
        Assert.InRange(entered, visit.Entered.Earliest.Value, visit.Entered.Latest.Value);
        Assert.InRange(visit.Entered.At, visit.Entered.Earliest.Value, visit.Entered.Latest.Value);
        AssertAbout(restart + TimeSpan.FromSeconds(20) + Stays, visit.Left!.At);
        var correction = _received.Single(received => received.Type == EventTypes.VisitCorrected && received.Visit!.VisitId == visit.VisitId);
        Assert.Equal("the clock was not set before the power went: it happened between earliest and latest", correction.Visit!.Reason);
        Assert.Equal(ClockState.Unsynced, correction.Visit.Clock.State);
        Assert.Null(_received[^1].Visit!.OccupiedSeconds);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_clock_set_back_by_hand_during_a_visit_changes_neither_its_times_nor_its_length()
    {
        await using var device = await BootAsync("boot-1", TimeSpan.Zero);
        Synchronise(device);
        await device.ReadTagAsync(Stays);
        device.IsSynchronised = false;
        device.Time.Off = TimeSpan.FromHours(-5);
        await device.ReadTagAsync(Stays);
        await device.LeaveAsync();
        Deliver(device);

        AssertAbout(Eight + TimeSpan.FromSeconds(20), Visit.Entered!.At);
        AssertAbout(Eight + TimeSpan.FromSeconds(20) + (2 * Stays), Visit.Left!.At);
        AssertAbout(2 * Stays, TimeSpan.FromSeconds(Visit.OccupiedSeconds!.Value));
        Assert.Equal(2, _received.Count);
        Assert.Equal(ClockState.Holdover, _received[1].Visit!.Clock.State);
    }

    [Fact(Timeout = 120_000)]
    public async Task When_the_time_server_is_lost_events_say_how_far_the_clock_may_have_run_away()
    {
        await using var device = await BootAsync("boot-1", TimeSpan.Zero);
        Synchronise(device);
        await device.PassAsync(TimeSpan.FromSeconds(2));
        device.IsSynchronised = false;
        await device.ReadTagAsync(Stays);
        await device.LeaveAsync();
        Deliver(device);

        Assert.All(_received, received => Assert.Equal(ClockState.Holdover, received.Visit!.Clock.State));
        // 5 ms at the last word of the server, and half a millisecond for each second since.
        var (first, last) = (_received[0].Visit!.Clock.MaxErrorMs!.Value, _received[^1].Visit!.Clock.MaxErrorMs!.Value);
        Assert.InRange(first, 5.1, 5 + (0.5 * Stays.TotalSeconds));
        Assert.InRange(last - first, 0.5 * 100, 0.5 * 900);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_clock_that_proves_right_corrects_nothing()
    {
        await using var device = await BootAsync("boot-1", TimeSpan.FromMilliseconds(-100));
        await device.ReadTagAsync(Stays);
        Deliver(device);
        Synchronise(device);
        await device.LeaveAsync();
        Deliver(device);

        Assert.Equal([EventTypes.VehicleEntered, EventTypes.VehicleLeft], _received.Select(received => received.Type));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_starts_again_in_the_same_boot_still_corrects_what_it_told_before()
    {
        BootedTime time;
        await using (var before = await BootAsync("boot-1", ThreeHoursSlow))
        {
            time = before.Time;
            await before.ReadTagAsync(Stays);
            Deliver(before);
        }

        await using var device = await StartAsync("boot-1", time);
        Synchronise(device);
        await device.PassAsync(TimeSpan.FromSeconds(5));
        Deliver(device);

        Assert.Equal([EventTypes.VehicleEntered, EventTypes.VisitCorrected], _received.Select(received => received.Type));
        AssertAbout(Eight + TimeSpan.FromSeconds(20), Visit.Entered!.At);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<BootedDevice> BootAsync(string bootId, TimeSpan clockOff)
    {
        var time = new BootedTime(_truth) { Off = clockOff };
        // A computer is up for a while before the service is.
        _truth.Advance(TimeSpan.FromSeconds(20));
        return await StartAsync(bootId, time);
    }

    private async Task<BootedDevice> StartAsync(string bootId, BootedTime time)
    {
        var device = new BootedDevice(_truth, time, _folder.Path, bootId, Cancellation);
        await device.StartAsync();
        return device;
    }

    private static void Synchronise(BootedDevice device)
    {
        device.Time.Off = TimeSpan.Zero;
        device.IsSynchronised = true;
    }

    private void Deliver(BootedDevice device) => _received.AddRange(device.Deliver());

    private static void AssertAbout(DateTimeOffset expected, DateTimeOffset actual) => AssertAbout(TimeSpan.Zero, actual - expected);

    private static void AssertAbout(TimeSpan expected, TimeSpan actual) =>
        Assert.InRange(actual, expected - TimeSpan.FromSeconds(2), expected + TimeSpan.FromSeconds(2));
}
