using BayEdge.Core.Bays;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

/// <summary>What was told is taken back or told anew when it turns out otherwise.</summary>
public sealed class TakingBackTests
{
    [Fact]
    public void A_vehicle_that_was_only_hidden_for_long_goes_on_with_its_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "09:00:00")
            .At("09:22:00").TagReads(Tag, until: "10:00:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:00:00", "bay-01 stays after all since 08:00:00", "bay-01 left 10:00:00"], outcome.Story);
        Assert.True(outcome.Corrected.IsStillPresent);
        Assert.Equal(outcome.Entered.VisitId, outcome.Corrected.VisitId);
        Assert.Equal([outcome.Entered.VisitId], outcome.Transitions.Select(transition => transition.VisitId).Distinct());
        Assert.InRange(outcome.Corrected.DecidedAt.Wall, BayScenario.Time("09:22:00"), BayScenario.Time("09:23:00"));
    }

    [Fact]
    public void A_vehicle_that_comes_back_after_the_bay_was_seen_empty_is_a_visit_of_its_own()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PictureShows(0.95, until: "08:59:59").TagReads(Tag, until: "08:59:59")
            .At("09:00:00").PictureShows(0.03, until: "09:11:59")
            .At("09:12:00").PictureShows(0.95, until: "10:00:00").TagReads(Tag, until: "10:00:00")
            .Run("10:00:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:00:00", "bay-01 entered 09:12:00"], outcome.ComingsAndGoings);
    }

    [Theory]
    [InlineData(-62)]
    [InlineData(-66)]
    [InlineData(-70)]
    public void A_vehicle_that_stops_before_the_bay_for_a_minute_is_no_visit_that_stands(double rssiDbm)
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, rssiDbm: rssiDbm, everySeconds: 0.2, until: "08:01:20").Run();

        Assert.DoesNotContain(outcome.Transitions, transition => transition is VehicleLeft);
        Assert.Equal(outcome.Transitions.OfType<VehicleEntered>().Count(), outcome.Transitions.OfType<VisitRetracted>().Count());
    }

    [Fact]
    public void A_visit_of_a_vehicle_that_only_stopped_before_the_bay_is_taken_back_with_its_reason()
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, rssiDbm: -60, everySeconds: 0.2, until: "08:01:20").Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 retracted 08:00:00"], outcome.Story);
        Assert.Equal((outcome.Entered.VisitId, "the vehicle only stopped before the bay"), (outcome.Retracted.VisitId, outcome.Retracted.Reason.Text));
    }

    [Fact]
    public void Somebody_who_stands_in_the_picture_for_half_a_minute_was_no_vehicle()
    {
        var outcome = new BayScenario().At("08:00:00").PictureShows(0.95, until: "08:00:30").At("08:00:31").PictureShows(0.03, until: "08:05:00").Run("08:05:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 retracted 08:00:00"], outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_turns_out_to_have_stood_in_the_next_bay_all_the_time_was_never_in_this_one()
    {
        // At first a person stands before the antenna of its own bay.
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -58, until: "08:01:00").TagReads(Tag, "bay-02", rssiDbm: -60, until: "08:01:00")
            .At("08:01:00.2").TagReads(Tag, "bay-01", rssiDbm: -82, until: "08:20:00").TagReads(Tag, "bay-02", rssiDbm: -55, until: "08:40:00")
            .Run();

        Assert.Equal(["bay-01 entered", "bay-01 retracted", "bay-02 entered", "bay-02 left"], outcome.Story.Select(line => line[..line.LastIndexOf(' ')]));
        Assert.Equal("the vehicle stood in another bay all the time", outcome.Retracted.Reason.Text);
        Assert.InRange(outcome.Transitions.OfType<VehicleEntered>().Last().At.Wall, BayScenario.Time("08:00:00"), BayScenario.Time("08:01:05"));
    }

    [Theory]
    [InlineData("08:55:00")]
    [InlineData("09:05:00")]
    public void A_vehicle_that_was_told_to_have_moved_never_left_when_its_bay_hears_it_again_as_ever(string again)
    {
        // A raised lift hides the tag from its own antenna and throws it into the next bay.
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -55, until: "08:40:00")
            .At("08:40:30").TagReads(Tag, "bay-02", rssiDbm: -55, until: again)
            .At(again).TagReads(Tag, "bay-01", rssiDbm: -55, until: "10:00:00").TagReads(Tag, "bay-02", rssiDbm: -67, until: "10:00:00")
            .Run();

        Assert.Equal(["bay-02 entered", "bay-02 retracted"], outcome.Story.Where(line => line.StartsWith("bay-02", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf(' ')]));
        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:40:00", "bay-01 stays after all since 08:00:00", "bay-01 left 10:00:00"],
            outcome.Story.Where(line => line.StartsWith("bay-01", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_two_tags_the_weaker_too_shows_that_the_vehicle_never_left()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(OtherTag, "bay-01", rssiDbm: -50, until: "08:40:00").TagReads(Tag, "bay-01", rssiDbm: -63, until: "08:40:00")
            .At("08:40:30").TagReads(Tag, "bay-02", rssiDbm: -63, until: "09:05:00").TagReads(OtherTag, "bay-02", rssiDbm: -50, until: "09:05:00")
            .At("09:05:00").TagReads(Tag, "bay-01", rssiDbm: -63, until: "10:00:00").TagReads(Tag, "bay-02", rssiDbm: -76, until: "10:00:00")
            .Run();

        Assert.Contains("bay-01 stays after all since 08:00:00", outcome.Story);
    }
}
