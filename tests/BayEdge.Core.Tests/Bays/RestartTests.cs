using System.Text.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class RestartTests
{
    [Fact]
    public void A_service_that_restarts_within_one_boot_goes_on_with_the_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").ServiceRestarts()
            .At("08:10:20").TagReads(Tag, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:20:00"], outcome.Story);
        Assert.Equal(TimeSpan.FromMinutes(20), outcome.Left.At - outcome.Left.EnteredAt);
    }

    [Fact]
    public void A_power_cut_neither_ends_the_visit_nor_invents_one()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00").PlateReads(Plate, until: "08:00:02")
            .At("08:10:00.2").PowerIsOut(until: "09:30:00")
            .At("09:30:10").TagReads(Tag, until: "09:40:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:40:00"], outcome.ComingsAndGoings);
        Assert.Equal(TimeSpan.FromMinutes(100), outcome.Left.At - outcome.Left.EnteredAt);
        Assert.Equal((outcome.Entered.VisitId, Plate), (outcome.Left.VisitId, outcome.Left.Vehicle.Plate));
    }

    [Fact]
    public void A_vehicle_that_left_during_the_power_cut_is_bounded_by_the_last_sighting_and_the_decision()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        Assert.Equal((BayScenario.Time("08:10:00"), BayScenario.Time("09:30:46")), (outcome.Left.Earliest.Wall, outcome.Left.Latest.Wall));
    }

    [Fact]
    public void A_contact_that_closed_just_before_the_power_cut_opens_no_visit_until_it_says_so_again()
    {
        var before = new BayScenario().At("08:00:00").ContactCloses().At("08:00:02").PowerIsOut(until: "09:00:00");

        Assert.Empty(before.At("09:00:02").ContactOpens().Run().Story);
    }

    [Fact]
    public void A_loop_that_a_vehicle_left_during_the_power_cut_gives_bounds()
    {
        var left = new BayScenario()
            .At("08:00:00").ContactCloses()
            .At("08:10:00").PowerIsOut(until: "09:00:00")
            .At("09:00:01.5").ContactOpens()
            .Run().Left;

        Assert.Equal((BayScenario.Time("08:00:00"), BayScenario.Time("09:00:01.5")), (left.Earliest.Wall, left.Latest.Wall));
    }

    [Fact]
    public void A_clock_that_wakes_up_in_the_past_puts_nothing_into_the_future()
    {
        var now = new ObservedAt(BayScenario.Time("07:00:00"), TimeSpan.FromSeconds(20));
        var saved = TrackerSnapshot.Write(new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").Run("08:10:00").State, "before");
        var state = TrackerSnapshot.Restore(TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], now), saved, "after");

        Assert.Equal(BayOccupancy.Occupied, BayStates.Of(state).First().State);
        var left = Assert.IsType<VehicleLeft>(Assert.Single(BayTracker.AdvanceTo(state, now + TimeSpan.FromMinutes(30)).Transitions));
        Assert.Equal(TimeSpan.Zero, left.At - left.EnteredAt);
    }

    [Fact]
    public void A_reader_that_was_given_another_id_during_the_power_cut_goes_on_with_the_visit()
    {
        var workshop = Workshop.WithBays(2);
        var renamed = workshop with { Readers = [new ReaderConfiguration("reader-9", "llrp", DriverSettings.Empty, workshop.Readers[0].Antennas)] };
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", renamed)
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        Assert.Equal(BayScenario.Time("09:00:46"), outcome.Left.Latest.Wall);
    }

    [Fact]
    public void A_contact_that_was_taken_off_during_the_power_cut_no_longer_holds_the_vehicle()
    {
        var outcome = new BayScenario()
            .At("08:00:00").ContactCloses().TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", Workshop.WithBays(2) with { Presence = [] })
            .At("09:00:02").TagReads(Tag, until: "09:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:10:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void A_bay_that_is_no_longer_configured_is_dropped()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-02", until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", Workshop.WithBays(1))
            .At("09:05:00").TagReads(Tag, "bay-01", until: "09:10:00")
            .Run();

        Assert.Equal(["bay-02 entered 08:00:00", "bay-01 entered 09:05:00", "bay-01 left 09:10:00"], outcome.Story);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"BootId":"b","SavedAt":{"Wall":"2026-03-02T08:00:00+00:00","Monotonic":"00:00:00"},"Bays":null}""")]
    [InlineData("""{"BootId":"b","SavedAt":{"Wall":"2026-03-02T08:00:00+00:00","Monotonic":"00:00:00"},"Bays":[{}]}""")]
    [InlineData("""{"BootId":"b","SavedAt":{"Wall":"2026-03-02T08:00:00+00:00","Monotonic":"00:00:00"},"Bays":[null]}""")]
    [InlineData("""{"BootId":"b","SavedAt":{"Wall":"2026-03-02T08:00:00+00:00","Monotonic":"00:00:00"},"Bays":[{"Bay":"bay-01","Visit":{"Id":"x"},"Since":null,"Tags":{},"Plates":{},"Presence":{}}]}""")]
    [InlineData("""{"BootId":"b","SavedAt":{"Wall":"2026-03-02T08:00:00+00:00","Monotonic":"00:00:00"},"Bays":[{"Bay":"bay-01","Visit":null,"Since":null,"Tags":{"AA":null},"Plates":{},"Presence":{}}]}""")]
    public void A_damaged_snapshot_is_refused_and_not_half_read(string snapshot)
    {
        var fresh = TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], default);

        Assert.ThrowsAny<JsonException>(() => TrackerSnapshot.Restore(fresh, System.Text.Encoding.UTF8.GetBytes(snapshot), "b"));
    }
}
