using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class EnteringTests
{
    [Fact]
    public void Entered_is_dated_to_the_first_sighting_and_decided_when_the_tag_has_stayed_long_enough()
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").Run("08:10:00");

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
        Assert.InRange(outcome.Entered.DecidedAt - outcome.Entered.At, TrackerOptions.Default.EnterDwell, TimeSpan.FromMinutes(1));
        Assert.InRange(outcome.Entered.Earliest.Wall, BayScenario.Time("07:59:54"), BayScenario.Time("07:59:59"));
        Assert.InRange(outcome.Entered.Latest.Wall, BayScenario.Time("08:00:01"), BayScenario.Time("08:00:06"));
        Assert.Equal([Tag], outcome.Entered.Vehicle.Tags);
        Assert.Matches($@"^tag {Tag} read \d+ times, strongest -55 dBm$", Assert.Single(outcome.Entered.Evidence).Detail);
    }

    [Fact]
    public void The_more_seldom_a_tag_is_read_the_less_exactly_its_coming_is_known()
    {
        var (often, seldom) = (Entered(readEvery: 0.5), Entered(readEvery: 6));

        Assert.True(seldom.At - seldom.Earliest > often.At - often.Earliest);
        Assert.True(seldom.Latest - seldom.At > often.Latest - often.At);

        static VehicleEntered Entered(double readEvery) =>
            new BayScenario().At("08:00:00").TagReads(Tag, everySeconds: readEvery, until: "08:10:00").Run("08:10:00").Entered;
    }

    [Fact]
    public void A_vehicle_did_not_enter_before_the_one_ahead_of_it_had_left()
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").At("08:10:01").TagReads(OtherTag, until: "08:30:00").Run("08:30:00");

        Assert.Equal(outcome.Left.At, outcome.Transitions.OfType<VehicleEntered>().Last().Earliest);
    }

    [Fact]
    public void The_bay_is_occupied_from_the_moment_the_vehicle_entered()
    {
        var bay = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").Run("08:10:00").Bay("bay-01");

        Assert.Equal((BayOccupancy.Occupied, BayScenario.Time("08:00:00"), "bay-01-20260302T080000000Z"), (bay.State, bay.Since, bay.VisitId));
    }

    [Fact]
    public void A_vehicle_that_passes_within_four_seconds_opens_no_visit()
    {
        Assert.Empty(new BayScenario().At("08:00:00").TagReads(Tag, everySeconds: 0.1, until: "08:00:04").Run().Story);
    }

    [Fact]
    public void A_vehicle_that_passes_again_and_again_opens_no_visit()
    {
        var scenario = new BayScenario();
        for (var minute = 0; minute < 30; minute += 2)
            scenario.At($"08:{minute:00}:00").TagReads(Tag, until: $"08:{minute:00}:02");

        Assert.Empty(scenario.Run().Story);
    }

    [Fact]
    public void One_plate_reading_alone_opens_no_visit()
    {
        Assert.Empty(new BayScenario().At("08:00:00").PlateReads(Plate).Run().Story);
    }

    [Fact]
    public void Three_vehicles_that_pass_and_are_read_once_each_open_no_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate)
            .At("08:00:15").PlateReads(OtherPlate)
            .At("08:00:30").PlateReads("鲁B70M31")
            .Run();

        Assert.Empty(outcome.Story);
    }

    [Fact]
    public void Three_readings_of_one_plate_open_a_visit_though_one_of_them_errs_in_a_character()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate).At("08:00:10").PlateReads("沪AD1Z345").At("08:00:20").PlateReads(Plate).Run();

        Assert.Equal("bay-01 entered 08:00:00", outcome.Story[0]);
    }

    [Fact]
    public void A_plate_alone_opens_a_visit_from_its_first_reading()
    {
        var outcome = new BayScenario().At("08:00:00").PlateReads(Plate, until: "08:05:00").Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:05:00"], outcome.Story);
        Assert.Equal(Plate, outcome.Entered.Vehicle.Plate);
        Assert.InRange(outcome.Entered.Vehicle.PlateConfidence!.Value, 0.75, 0.9);
    }

    [Fact]
    public void A_contact_alone_opens_a_visit_from_its_closing_to_its_opening()
    {
        var outcome = new BayScenario().At("08:00:00").ContactCloses().At("08:30:00").ContactOpens().Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.InRange(outcome.Entered.DecidedAt.Wall, BayScenario.Time("08:00:05"), BayScenario.Time("08:00:15"));
        Assert.Equal((BayScenario.Time("08:30:00"), BayScenario.Time("08:30:00")), (outcome.Left.Earliest.Wall, outcome.Left.Latest.Wall));
        Assert.InRange(outcome.Left.DecidedAt.Wall, BayScenario.Time("08:30:05"), BayScenario.Time("08:30:15"));
    }

    [Fact]
    public void A_trolley_that_crosses_the_loop_opens_no_visit()
    {
        Assert.Empty(new BayScenario().At("08:00:00").ContactCloses().At("08:00:04").ContactOpens().Run().Story);
    }

    [Fact]
    public void The_contact_dates_the_visit_when_it_closed_before_the_plate_was_read()
    {
        var outcome = new BayScenario().At("08:00:00").ContactCloses().At("08:00:01").PlateReads(Plate, until: "08:00:03").Run("08:01:00");

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
        Assert.InRange(outcome.Entered.DecidedAt.Wall, BayScenario.Time("08:00:01.5"), BayScenario.Time("08:00:05"));
    }

    [Fact]
    public void One_picture_that_shows_something_opens_no_visit()
    {
        Assert.Empty(new BayScenario().At("08:00:00").PictureShows(0.99).Run().Story);
    }

    [Fact]
    public void Pictures_that_go_on_showing_a_vehicle_open_a_visit_and_their_end_closes_it()
    {
        var outcome = new BayScenario().At("08:00:00").PictureShows(0.95, until: "08:10:00").At("08:10:01").PictureShows(0.02, until: "08:20:00").Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:01"], outcome.Story);
        Assert.Equal((BayScenario.Time("08:10:00"), BayScenario.Time("08:10:01")), (outcome.Left.Earliest.Wall, outcome.Left.Latest.Wall));
    }

    [Fact]
    public void A_camera_that_falls_silent_on_an_occupied_bay_does_not_open_the_same_visit_again()
    {
        var outcome = new BayScenario().At("08:00:00").PictureShows(0.95, until: "08:10:00").Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
    }

    [Fact]
    public void A_picture_that_is_unsure_says_nothing()
    {
        Assert.Empty(new BayScenario().At("08:00:00").PictureShows(0.5, until: "08:10:00").Run().Story);
    }

    [Fact]
    public void A_late_report_does_not_turn_time_back()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:01:00")
            .At("08:00:30").TagReadReportedLate(OtherTag, reportedAt: "08:01:00.2")
            .Run("08:01:00.2");

        Assert.Equal(BayScenario.Time("08:01:00.2"), outcome.State.Now.Wall);
        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
    }

    [Fact]
    public void A_report_from_before_the_last_departure_does_not_antedate_the_next_vehicle()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:09:00").TagReadReportedLate(OtherTag, reportedAt: "08:11:00")
            .At("08:11:10").TagReads(OtherTag, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-01 entered 08:11:10", "bay-01 left 08:20:00"], outcome.Story);
    }

    [Fact]
    public void A_tag_on_an_antenna_that_looks_at_no_bay_is_passed_over()
    {
        Assert.Empty(new BayScenario().At("08:00:00").TagReads(Tag, bay: "bay-07", until: "08:10:00").Run().Story);
    }

    [Fact]
    public void Two_visits_of_a_bay_never_begin_at_one_instant_though_the_first_ended_with_its_only_readings()
    {
        var outcome = new BayScenario(Workshop.WithBays(3))
            .At("08:00:25").TagReads(Tag, "bay-01", rssiDbm: -54, everySeconds: 10, until: "08:00:55")
            .At("08:01:34").TagReads(Tag, "bay-03", rssiDbm: -61, everySeconds: 18, until: "08:01:52")
            .At("08:01:35").PlateReads(Plate, "bay-03", confidence: 0.76, everySeconds: 2, until: "08:01:40")
            .At("08:02:36").PlateReads(Plate, "bay-02", confidence: 0.94, everySeconds: 3, until: "08:02:42")
            .At("08:02:37").TagReads(Tag, "bay-03", rssiDbm: -48, everySeconds: 21, until: "08:02:58")
            .Run();

        var visits = outcome.Transitions.OfType<VehicleEntered>().Where(entered => entered.Bay == "bay-03").ToList();
        Assert.Equal(2, visits.Count);
        Assert.NotEqual(visits[0].VisitId, visits[1].VisitId);
        Assert.True(visits[0].At.Monotonic < visits[1].At.Monotonic);
    }
}
