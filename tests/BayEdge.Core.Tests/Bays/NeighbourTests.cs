using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class NeighbourTests
{
    [Theory]
    [InlineData("bay-01", "bay-02")]
    [InlineData("bay-02", "bay-01")]
    public void A_neighbouring_bay_that_hears_the_tag_six_decibels_weaker_opens_no_visit(string own, string neighbour)
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, own, rssiDbm: -55, until: "08:30:00")
            .At("08:00:00.1").TagReads(Tag, neighbour, rssiDbm: -61, until: "08:30:00")
            .Run();

        Assert.Equal([$"{own} entered 08:00:00", $"{own} left 08:30:00"], outcome.Story);
    }

    [Fact]
    public void A_neighbour_that_hears_the_tag_a_moment_longer_opens_no_visit_when_the_own_bay_closes()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -55, until: "08:30:00")
            .At("08:00:00.1").TagReads(Tag, "bay-02", rssiDbm: -65, until: "08:30:08")
            .Run();

        // Whether it stood there hidden in these last seconds nobody can tell.
        Assert.Equal(["bay-01 entered", "bay-01 left"], outcome.Story.Select(line => line[..line.LastIndexOf(' ')]));
        Assert.InRange(outcome.Left.At.Wall, BayScenario.Time("08:30:00"), BayScenario.Time("08:30:08"));
    }

    [Fact]
    public void A_technician_before_the_tag_does_not_move_the_vehicle_to_the_bay_that_hears_its_reflection()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -55, until: "08:10:00")
            .At("08:00:00.1").TagReads(Tag, "bay-02", rssiDbm: -68, until: "08:30:00")
            .At("08:10:40").TagReads(Tag, "bay-01", rssiDbm: -55, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
    }

    [Theory]
    [InlineData("bay-01", "bay-02")]
    [InlineData("bay-02", "bay-01")]
    public void A_vehicle_that_moves_to_the_next_bay_leaves_one_and_enters_the_other(string from, string to)
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, from, rssiDbm: -55, until: "08:10:00")
            .At("08:10:05").TagReads(Tag, to, rssiDbm: -57, until: "08:20:00")
            .Run();

        Assert.Equal([$"{from} entered 08:00:00", $"{from} left 08:10:00", $"{to} entered 08:10:05", $"{to} left 08:20:00"], outcome.Story);
        Assert.Equal($"tag {Tag} is now clearly in {to}", outcome.Left.Evidence[0].Detail);
    }

    [Theory]
    [InlineData("bay-01", "bay-02")]
    [InlineData("bay-02", "bay-01")]
    public void A_vehicle_that_both_bays_go_on_hearing_moves_when_the_other_hears_it_clearly_better(string from, string to)
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, from, rssiDbm: -58, until: "08:10:00")
            .At("08:00:00.1").TagReads(Tag, to, rssiDbm: -74, until: "08:10:00")
            .At("08:10:00.5").TagReads(Tag, from, rssiDbm: -74, until: "08:20:00")
            .At("08:10:00.6").TagReads(Tag, to, rssiDbm: -58, until: "08:20:00")
            .Run();

        Assert.Equal([$"{from} entered", $"{from} left", $"{to} entered", $"{to} left"], outcome.Story.Select(line => line[..line.LastIndexOf(' ')]));
        Assert.InRange(outcome.Left.At.Wall, BayScenario.Time("08:10:00"), BayScenario.Time("08:10:10"));
        Assert.InRange(BayScenario.Time("08:10:00.5"), outcome.Left.Earliest.Wall, outcome.Left.Latest.Wall);
    }

    [Fact]
    public void A_reader_that_tells_no_signal_strength_moves_the_vehicle_when_the_first_bay_has_fallen_silent()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: null, until: "08:10:00")
            .At("08:10:05").TagReads(Tag, "bay-02", rssiDbm: null, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-02 entered 08:10:05", "bay-02 left 08:20:00"], outcome.Story);
    }

    [Fact]
    public void A_plate_that_is_read_in_the_next_bay_has_left_the_first()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, "bay-01", until: "08:10:00")
            .At("08:10:05").PlateReads(Plate, "bay-02", until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-02 entered 08:10:05", "bay-02 left 08:20:00"], outcome.Story);
    }

    [Fact]
    public void A_contact_that_stays_closed_after_the_vehicle_moved_on_does_not_open_the_same_visit_again()
    {
        var outcome = new BayScenario()
            .At("08:00:00").ContactCloses("bay-01").TagReads(Tag, "bay-01", until: "08:10:00")
            .At("08:10:05").TagReads(Tag, "bay-02", until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00", "bay-02 entered 08:10:05", "bay-02 left 08:20:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void When_two_tags_were_taken_for_one_vehicle_and_one_drives_on_the_other_stays()
    {
        var outcome = new BayScenario()
            .At("08:00:00").ContactCloses("bay-01").TagReads(Tag, "bay-01", until: "08:30:00").TagReads(OtherTag, "bay-01", until: "08:01:00")
            .At("08:01:05").TagReads(OtherTag, "bay-02", until: "08:20:00")
            .At("08:30:01").ContactOpens("bay-01")
            .Run();

        Assert.Equal(
            ["bay-01 entered 08:00:00", "bay-01 corrected to entered 08:00:00",
                "bay-02 entered 08:01:05", "bay-02 left 08:20:00", "bay-01 left 08:30:01"],
            outcome.ComingsAndGoings);
        Assert.Equal([Tag], outcome.Corrected.Vehicle.Tags);
        Assert.Equal([Tag], outcome.Transitions[^1].Vehicle.Tags);
    }

    [Theory]
    [InlineData("WO-1002", "苏E6F77G")]
    [InlineData(null, null)]
    public void The_name_of_an_expected_vehicle_drives_on_with_its_tag_and_the_other_keeps_its_own(string? reference, string? plate)
    {
        var expected = new[] { new ExpectedVehicle { Ref = "WO-1001", Plate = Plate, Tags = [OtherTag] } };
        var second = reference is null ? [] : new[] { new ExpectedVehicle { Ref = reference, Plate = plate, Tags = [Tag] } };
        var outcome = new BayScenario(Workshop.WithBays(2, expected))
            .At("08:00:00").ContactCloses("bay-01").TagReads(Tag, "bay-01", until: "08:30:00")
            .TagReads(OtherTag, "bay-01", until: "08:01:00")
            .At("08:00:40").VehiclesAreExpected([.. expected, .. second])
            .At("08:01:05").TagReads(OtherTag, "bay-02", until: "08:20:00")
            .At("08:30:01").ContactOpens("bay-01")
            .Run();

        Assert.Contains(outcome.Transitions, transition => transition is { Bay: "bay-01", Vehicle.Ref: "WO-1001" });
        var corrected = outcome.Transitions.OfType<VisitCorrected>().Last();
        Assert.Equal(("bay-01", reference, plate), (corrected.Bay, corrected.Vehicle.Ref, corrected.Vehicle.Plate));
        var moved = outcome.Transitions.OfType<VehicleEntered>().Single(entered => entered.Bay == "bay-02");
        Assert.Equal(("WO-1001", Plate), (moved.Vehicle.Ref, moved.Vehicle.Plate));
        Assert.Equal((reference, plate), (outcome.Transitions[^1].Vehicle.Ref, outcome.Transitions[^1].Vehicle.Plate));
    }

    [Fact]
    public void A_door_that_reflects_a_tag_into_the_next_bay_does_not_move_the_vehicle_while_its_own_hears_it_as_ever()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -55, until: "10:00:00")
            .At("08:20:00.1").TagReads(Tag, "bay-02", rssiDbm: -66, until: "09:00:00")
            .At("09:00:01.1").TagReads(Tag, "bay-02", rssiDbm: -47, until: "09:10:00")
            .At("09:10:01.1").TagReads(Tag, "bay-02", rssiDbm: -66, until: "10:00:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 10:00:00"], outcome.Story);
    }

    [Fact]
    public void A_tag_that_its_bay_misses_for_some_seconds_has_not_moved_to_the_bay_that_hears_it_reflected_meanwhile()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -55, until: "09:00:30")
            .At("09:00:00").TagReads(Tag, "bay-02", rssiDbm: -50, until: "09:03:00")
            .At("09:00:45").TagReads(Tag, "bay-01", rssiDbm: -55, until: "10:00:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 10:00:00"], outcome.Story);
    }

    [Fact]
    public void A_vehicle_that_drives_on_while_its_old_bay_goes_on_hearing_it_more_weakly_has_moved()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-01", rssiDbm: -52, until: "09:00:00").TagReads(Tag, "bay-02", rssiDbm: -67, until: "09:00:00")
            .At("09:00:00.5").TagReads(Tag, "bay-01", rssiDbm: -67, until: "10:00:00").TagReads(Tag, "bay-02", rssiDbm: -52, until: "10:00:00")
            .Run();

        Assert.Equal(["bay-01 entered", "bay-01 left", "bay-02 entered", "bay-02 left"], outcome.Story.Select(line => line[..line.LastIndexOf(' ')]));
        Assert.InRange(outcome.Transitions.OfType<BayEdge.Core.Bays.VehicleLeft>().First().At.Wall, BayScenario.Time("08:59:50"), BayScenario.Time("09:00:10"));
    }
}
