using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

/// <summary>A vehicle is in one bay only, also where the next bay belongs to another device.</summary>
public sealed class OtherDevicesTests
{
    [Fact]
    public void A_vehicle_that_the_other_devices_bay_hears_much_better_is_not_told_here()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, rssiDbm: -70, until: "08:30:00").NeighbourHears(Tag, rssiDbm: -52, until: "08:30:00")
            .Run();

        Assert.Empty(outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_this_bay_hears_much_better_is_told_here()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00").NeighbourHears(Tag, rssiDbm: -72, until: "08:30:00", isVisiting: false)
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.False(outcome.Entered.IsProvisional);
    }

    [Fact]
    public void What_is_decided_while_the_others_cannot_be_heard_is_provisional()
    {
        var outcome = new BayScenario()
            .At("07:59:00").NeighboursAreAway()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.All(outcome.Transitions, transition => Assert.True(transition.IsProvisional));
    }

    [Fact]
    public void What_is_decided_after_the_others_are_back_is_not_provisional()
    {
        var outcome = new BayScenario()
            .At("07:00:00").NeighboursAreAway().At("07:59:00").NeighboursAreBack()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .Run();

        Assert.All(outcome.Transitions, transition => Assert.False(transition.IsProvisional));
    }

    [Fact]
    public void A_provisional_visit_is_taken_back_when_the_other_device_has_had_the_vehicle_all_the_time()
    {
        var outcome = new BayScenario()
            .At("07:59:00").NeighboursAreAway()
            .At("08:00:00").TagReads(Tag, rssiDbm: -68, until: "08:30:00")
            .At("08:10:00").NeighboursAreBack().NeighbourHears(Tag, rssiDbm: -50, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 retracted 08:00:00"], outcome.Story);
        Assert.True(outcome.Entered.IsProvisional);
        Assert.InRange(outcome.Retracted.DecidedAt.Wall, BayScenario.Time("08:10:00"), BayScenario.Time("08:11:00"));
        Assert.Equal(BayOccupancy.Vacant, outcome.Bay("bay-01").State);
    }

    [Fact]
    public void A_vehicle_that_drives_on_to_the_other_devices_bay_has_left_this_one()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:30:10").NeighbourHears(Tag, rssiDbm: -54, until: "09:00:00")
            .Run("09:00:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.InRange(outcome.Left.DecidedAt.Wall, BayScenario.Time("08:30:10"), BayScenario.Time("08:31:10"));
        Assert.Contains("pi-02/bay-09", outcome.Left.Evidence[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vehicle_that_a_camera_sees_here_is_not_given_up_to_another_device()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PictureShows(0.97, until: "08:30:00").TagReads(Tag, rssiDbm: -66, until: "08:30:00")
            .At("08:05:00").NeighbourHears(Tag, rssiDbm: -55, until: "08:30:00")
            .Run("08:30:00");

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void A_vehicle_whose_tag_is_hidden_in_the_other_devices_bay_is_not_told_where_its_reflection_is_heard()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, rssiDbm: -68, until: "08:30:00").NeighbourHears(Tag, rssiDbm: -52, until: "08:05:00")
            .At("08:05:03").NeighbourHolds(Tag, until: "08:30:00")
            .Run("08:30:00");

        Assert.Empty(outcome.Story);
    }

    [Fact]
    public void A_device_that_starts_late_learns_that_a_silent_vehicle_is_in_another_devices_bay()
    {
        var outcome = new BayScenario()
            .At("07:59:58").NeighbourHolds(Tag, until: "08:30:00")
            .At("08:00:00").TagReads(Tag, rssiDbm: -68, until: "08:30:00")
            .Run("08:30:00");

        Assert.Empty(outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_comes_from_the_other_devices_bay_is_told_here_though_that_has_not_let_go_of_it_yet()
    {
        var outcome = new BayScenario()
            .At("08:00:00").NeighbourHears(Tag, rssiDbm: -52, until: "08:30:00")
            .At("08:30:03").NeighbourHolds(Tag, until: "08:31:30")
            .At("08:30:20").TagReads(Tag, rssiDbm: -53, until: "08:50:00")
            .Run("08:50:00");

        Assert.Equal(["bay-01 entered 08:30:20"], outcome.Story);
        Assert.InRange(outcome.Entered.DecidedAt.Wall, BayScenario.Time("08:30:30"), BayScenario.Time("08:31:15"));
    }

    [Fact]
    public void A_silent_vehicle_that_the_other_device_no_longer_speaks_of_is_told_here()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, rssiDbm: -64, until: "08:30:00").NeighbourHolds(Tag, until: "08:10:00")
            .Run("08:30:00");

        Assert.InRange(outcome.Entered.DecidedAt.Wall, BayScenario.Time("08:10:10"), BayScenario.Time("08:12:00"));
    }

    [Fact]
    public void A_vehicle_that_is_partly_hidden_here_is_not_given_up_to_a_bay_that_hears_it_as_ever()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, rssiDbm: -55, until: "08:20:00")
            .NeighbourHears(Tag, rssiDbm: -66, until: "09:00:00", isVisiting: false)
            .At("08:20:00.5").TagReads(Tag, rssiDbm: -78, until: "08:40:00")
            .At("08:40:00.5").TagReads(Tag, rssiDbm: -55, until: "09:00:00")
            .Run("09:00:00");

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_is_partly_hidden_from_its_own_device_is_not_told_here()
    {
        var outcome = new BayScenario()
            .At("08:00:00").NeighbourHears(Tag, rssiDbm: -55, until: "08:40:00")
            .At("08:00:01").TagReads(Tag, rssiDbm: -68, until: "09:30:00")
            .At("08:40:01").NeighbourHears(Tag, rssiDbm: -79, until: "09:30:00")
            .Run("09:30:00");

        Assert.Empty(outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_only_its_own_device_loses_and_this_one_hears_no_better_is_not_claimed_by_both()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, rssiDbm: -55, until: "08:40:00")
            .At("08:10:00").NeighbourHears(Tag, rssiDbm: -66, isVisiting: false, until: "08:19:59")
            .At("08:20:00").NeighbourHears(Tag, rssiDbm: -66, isVisiting: true, until: "08:40:00")
            .At("08:20:00.5").TagReads(Tag, rssiDbm: -76, until: "08:40:00")
            .Run("08:40:00");

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_drives_over_from_the_other_devices_bay_soon_after_it_came_is_told_here()
    {
        var outcome = new BayScenario()
            .At("08:00:00").NeighbourHears(Tag, rssiDbm: -52, isVisiting: true, until: "08:02:00")
            .At("08:00:00.5").TagReads(Tag, rssiDbm: -70, until: "08:02:00")
            .At("08:02:12").NeighbourHears(Tag, rssiDbm: -70, isVisiting: true, until: "08:06:00")
            .At("08:02:12.5").TagReads(Tag, rssiDbm: -52, until: "08:06:00")
            .Run("08:06:00");

        Assert.StartsWith("bay-01 entered 08:02", Assert.Single(outcome.Story), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vehicle_that_drives_over_to_the_other_devices_bay_soon_after_it_came_has_left_this_one()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, rssiDbm: -52, until: "08:02:00")
            .At("08:00:00.5").NeighbourHears(Tag, rssiDbm: -70, isVisiting: false, until: "08:02:00")
            .At("08:02:12").TagReads(Tag, rssiDbm: -70, until: "08:06:00")
            .At("08:02:12.5").NeighbourHears(Tag, rssiDbm: -52, isVisiting: false, until: "08:02:42")
            .At("08:02:43").NeighbourHears(Tag, rssiDbm: -52, isVisiting: true, until: "08:06:00")
            .Run("08:06:00");

        Assert.Equal(2, outcome.Story.Count);
        Assert.StartsWith("bay-01 left 08:02", outcome.Story[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Why_a_vehicle_is_not_told_names_the_device_that_has_it()
    {
        var outcome = new BayScenario()
            .At("07:59:58").NeighbourHolds(Tag, until: "08:30:00")
            .At("08:00:00").TagReads(Tag, rssiDbm: -68, until: "08:30:00")
            .Run("08:30:00");

        var rival = BayTracker.Explain(outcome.State, "bay-01").Hypotheses[1];
        Assert.Contains(rival.Evidence, evidence => evidence is { Source: "pi-02", Kind: "neighbour", Weight: < 0 });
        Assert.Equal(rival.LogOdds, rival.Evidence.Sum(evidence => evidence.Weight ?? 0), 0.01);
    }

    [Fact]
    public void Invented_bays_of_other_devices_do_not_fill_the_memory_of_a_tag_in_a_visit()
    {
        var scenario = new BayScenario().At("08:00:00").TagReads(Tag, everySeconds: 2, until: "09:00:00");
        for (var bay = 0; bay < 100; bay++)
            scenario.At($"08:{10 + (bay / 30):00}:{bay % 30 * 2:00}").NeighbourHears(Tag, $"bay-{bay:X}", rssiDbm: -75, isVisiting: false);

        Assert.InRange(scenario.Run("08:20:00").State.Tags.Find(Tag)!.Places.Length, 1, 9);
        Assert.Equal("bay-01", Assert.Single(scenario.Run("09:00:00").State.Tags.Find(Tag)!.Places).Bay);
    }

    [Theory]
    [InlineData("bay-08", "bay-09")]
    [InlineData("bay-09", "bay-08")]
    public void Of_two_bays_that_claim_a_tag_at_one_instant_the_same_has_it_in_whatever_order_they_are_heard(string first, string second)
    {
        var outcome = new BayScenario().At("08:00:00").NeighbourHears(Tag, first).NeighbourHears(Tag, second).Run("08:00:10");

        Assert.Equal("pi-02/bay-08", outcome.State.Tags.Find(Tag)!.HeldBy!.Bay);
    }

    [Fact]
    public void Tags_that_only_other_devices_hear_are_forgotten()
    {
        var scenario = new BayScenario();
        for (var vehicle = 0; vehicle < 200; vehicle++)
            scenario.At($"{8 + (vehicle / 60):00}:{vehicle % 60:00}:00").NeighbourHears($"E280{vehicle:X4}");

        Assert.InRange(scenario.Run().State.Tags.Count(), 0, 3);
    }
}
