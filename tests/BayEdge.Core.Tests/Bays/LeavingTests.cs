using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Bays.Signs;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class LeavingTests
{
    [Fact]
    public void Left_is_dated_to_the_last_sighting_and_bounded_by_the_decision()
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        var left = outcome.Left;
        Assert.InRange(left.Earliest.Wall, BayScenario.Time("08:09:54"), BayScenario.Time("08:09:59"));
        Assert.Equal(left.DecidedAt, left.Latest);
        Assert.InRange(left.DecidedAt - left.At, TrackerOptions.Default.ShortestSilence, TrackerOptions.Default.LongestSilence);
        Assert.Equal(outcome.Entered.At, left.EnteredAt);
        Assert.Equal(outcome.Entered.VisitId, left.VisitId);
        Assert.Equal(("reader-1", "silence"), (left.Evidence[0].Source, left.Evidence[0].Kind));
        Assert.StartsWith("nothing seen of the vehicle for ", left.Evidence[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shadow_of_under_a_minute_does_not_end_the_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:44").TagReads(Tag, until: "08:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_was_shadowed_before_is_given_longer_the_next_time()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:40").TagReads(Tag, until: "08:10:00")
            .At("08:11:59").TagReads(Tag, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:20:00"], outcome.Story);
    }

    [Fact]
    public void A_reader_that_goes_down_does_not_end_the_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:01").SourceGoesDown()
            .At("09:00:00").SourceComesUp()
            .At("09:00:05").TagReads(Tag, until: "09:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:10:00"], outcome.Story);
        Assert.InRange(outcome.Left.DecidedAt - outcome.Left.At, TrackerOptions.Default.ShortestSilence, TrackerOptions.Default.LongestSilence);
    }

    [Fact]
    public void A_vehicle_that_left_while_the_reader_was_down_is_bounded_by_what_the_reader_could_see()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:01").SourceGoesDown()
            .At("09:00:00").SourceComesUp()
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:05:00"], outcome.Story);
        Assert.InRange(outcome.Left.Earliest.Wall, BayScenario.Time("08:04:54"), BayScenario.Time("08:04:59"));
        Assert.InRange(outcome.Left.Latest.Wall, BayScenario.Time("09:00:00") + TrackerOptions.Default.ShortestSilence, BayScenario.Time("09:00:00") + TrackerOptions.Default.LongestSilence);
    }

    [Fact]
    public void A_read_that_was_on_its_way_when_the_reader_went_down_does_not_bring_it_back()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:01").SourceGoesDown()
            .At("08:05:00.5").TagReadReportedLate(Tag, reportedAt: "08:05:01.1")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
    }

    [Fact]
    public void A_camera_that_is_dead_for_weeks_does_not_keep_a_tagged_vehicle_in_the_bay()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00").PlateReads(Plate, until: "08:00:03")
            .At("08:10:00").SourceGoesDown("cam-1")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void A_bay_without_a_working_source_is_unknown_and_keeps_its_visit()
    {
        var bay = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:01").SourceGoesDown().At("08:05:03").SourceGoesDown("cam-1").At("08:05:02").SourceGoesDown("loop-1")
            .Run().Bay("bay-01");

        Assert.Equal((BayOccupancy.Unknown, "bay-01-20260302T080000000Z"), (bay.State, bay.VisitId));
        Assert.Equal(BayScenario.Time("08:05:03"), bay.Since);
    }

    [Fact]
    public void A_contact_that_stays_closed_keeps_a_shadowed_vehicle_in_the_bay()
    {
        var outcome = new BayScenario()
            .At("08:00:00").ContactCloses()
            .At("08:00:02").TagReads(Tag, until: "08:05:00")
            .At("09:00:00").TagReads(Tag, until: "09:05:00")
            .At("09:05:01").ContactOpens()
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:05:01"], outcome.ComingsAndGoings);
        Assert.Equal("empty since 09:05:01Z", outcome.Left.Evidence[0].Detail);
    }

    [Fact]
    public void A_light_beam_at_the_entrance_that_opened_long_ago_does_not_end_the_visit_at_the_next_shadow()
    {
        var outcome = new BayScenario()
            .At("08:00:00").ContactCloses()
            .At("08:00:01").TagReads(Tag, until: "08:05:00")
            .At("08:00:06").ContactOpens()
            .At("08:05:40").TagReads(Tag, until: "08:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void A_contact_that_opened_before_the_visit_began_does_not_end_it()
    {
        var outcome = new BayScenario()
            .At("07:59:00").ContactOpens()
            .At("08:00:00").TagReads(Tag, until: "08:05:00")
            .At("08:05:20").TagReads(Tag, until: "08:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
    }

    [Fact]
    public void A_contact_that_opened_while_it_was_not_listened_to_gives_bounds_and_no_invented_second()
    {
        var left = new BayScenario()
            .At("08:00:00").ContactCloses()
            .At("08:10:00").SourceGoesDown("loop-1")
            .At("08:30:00").ContactOpens()
            .Run().Left;

        Assert.InRange(left.Earliest.Wall, BayScenario.Time("08:00:00"), BayScenario.Time("08:10:00"));
        Assert.Equal(BayScenario.Time("08:30:00"), left.Latest.Wall);
    }

    [Fact]
    public void A_plate_misread_at_the_end_of_a_visit_is_not_the_next_vehicle()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, until: "08:10:00")
            .At("08:05:00.1").PlateReads("沪AD1Z345")
            .At("08:10:00.1").PlateReads("沪AD1Z345")
            .Run();

        // A misreading, too, shows that the vehicle is still there.
        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00.1"], outcome.Story);
        Assert.Equal(Plate, outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void A_plate_that_takes_the_place_of_another_is_the_next_vehicles_though_no_camera_judges_occupancy()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, everySeconds: 20, until: "08:10:00")
            .At("08:11:00").PlateReads(OtherPlate, everySeconds: 20, until: "08:40:00")
            .Run();

        Assert.Equal(
            ["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-01 entered 08:11:00", "bay-01 left 08:40:00"], outcome.ComingsAndGoings);
        Assert.Equal(Plate, outcome.Left.Vehicle.Plate);
        Assert.Equal(BayScenario.Time("08:11:00"), outcome.Left.Latest.Wall);
        Assert.Equal(OtherPlate, outcome.Transitions[^1].Vehicle.Plate);
    }

    [Fact]
    public void The_next_vehicle_of_a_plate_alone_is_told_with_its_tag()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, everySeconds: 20, until: "08:10:00")
            .At("08:11:00").PlateReads(OtherPlate, everySeconds: 20, until: "08:12:00").TagReads(Tag, until: "08:40:00")
            .Run();

        Assert.Equal(
            ["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-01 entered 08:11:00", "bay-01 left 08:40:00"], outcome.ComingsAndGoings);
        Assert.Empty(outcome.Left.Vehicle.Tags);
        Assert.Equal((OtherPlate, Tag), (outcome.Transitions[^1].Vehicle.Plate, Assert.Single(outcome.Transitions[^1].Vehicle.Tags)));
    }

    [Fact]
    public void A_plate_that_passes_before_the_camera_is_not_the_next_vehicles()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, everySeconds: 20, until: "08:30:00")
            .At("08:10:05").PlateReads(OtherPlate, everySeconds: 2, until: "08:10:15")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Equal(Plate, outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void The_next_vehicle_within_the_patience_of_the_first_is_a_visit_of_its_own_and_keeps_its_plate()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:20").TagReads(OtherTag, until: "08:30:00").PlateReads(OtherPlate, until: "08:10:25")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-01 entered 08:10:20", "bay-01 left 08:30:00"], outcome.ComingsAndGoings);
        Assert.Null(outcome.Left.Vehicle.Plate);
        var next = outcome.Transitions[^1].Vehicle;
        Assert.Equal((OtherPlate, OtherTag), (next.Plate, Assert.Single(next.Tags)));
    }

    [Fact]
    public void The_next_vehicle_ends_the_long_patience_that_an_often_shadowed_one_had_earned()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:01:00")
            .At("08:01:40").TagReads(Tag, until: "08:10:00")
            .At("08:10:10").TagReads(OtherTag, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-01 entered 08:10:10", "bay-01 left 08:20:00"], outcome.Story);
        Assert.InRange(outcome.Left.DecidedAt.Wall, BayScenario.Time("08:10:10"), BayScenario.Time("08:11:10"));
        Assert.Equal(BayScenario.Time("08:10:10"), outcome.Left.Latest.Wall);
    }

    [Fact]
    public void A_vehicle_that_waits_behind_the_bay_enters_when_it_drives_in()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:05:00.2").TagReads(OtherTag, rssiDbm: -70, until: "08:10:30")
            .At("08:10:30.2").TagReads(OtherTag, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-01 entered 08:10:30.2", "bay-01 left 08:29:59.7"], outcome.Story);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_read_in_the_instant_in_which_its_reader_goes_down_ends_a_shadow_whichever_is_told_first(bool isReadFirst)
    {
        var scenario = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").At("08:12:00");
        scenario = isReadFirst ? scenario.TagReads(Tag).SourceGoesDown() : scenario.SourceGoesDown().TagReads(Tag);

        var outcome = scenario.At("08:12:10").SourceComesUp().At("08:12:20").TagReads(Tag, until: "08:20:00").Run();

        Assert.Equal(1, outcome.State.Bays["bay-01"].Habits.Silences.After(Onset.Sudden, TimeSpan.FromSeconds(60)).Shadows, precision: 3);
    }
}
