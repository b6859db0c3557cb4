using BayEdge.Contracts.State;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class IdentityTests
{
    [Fact]
    public void Tag_and_plate_fuse_into_one_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, until: "08:00:03").TagReads(Tag, until: "08:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 identified 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        Assert.Equal((Plate, Tag), (outcome.Left.Vehicle.Plate, Assert.Single(outcome.Left.Vehicle.Tags)));
        Assert.Single(outcome.Transitions.Select(transition => transition.VisitId).Distinct());
    }

    [Fact]
    public void A_plate_that_is_read_late_identifies_the_vehicle_of_the_open_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:20:00").PlateReads(Plate, until: "08:20:02")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 identified 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Equal(Plate, outcome.Identified.Vehicle.Plate);
        Assert.Equal(BayScenario.Time("08:20:00.5"), outcome.Identified.DecidedAt.Wall);
        Assert.Contains(outcome.Identified.Evidence, evidence => evidence is { Source: "cam-1", Kind: "plate" });
    }

    [Fact]
    public void A_plate_of_which_the_camera_is_never_sure_is_not_told_however_often_it_is_read()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:01:00").PlateReads(Plate, confidence: 0.6, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Null(outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void A_doubtful_plate_is_told_as_soon_as_the_camera_becomes_sure_of_it()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:01:00").PlateReads(Plate, confidence: 0.6, until: "08:10:00")
            .At("08:10:00.5").PlateReads(Plate, confidence: 0.8)
            .Run();

        Assert.Equal((Plate, BayScenario.Time("08:10:00.5")), (outcome.Identified.Vehicle.Plate, outcome.Identified.DecidedAt.Wall));
    }

    [Fact]
    public void A_doubtful_plate_names_the_vehicle_that_is_expected_with_it()
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Plate = Plate });
        var outcome = new BayScenario(configuration).At("08:00:00").PlateReads(Plate, confidence: 0.5, until: "08:10:00").Run();

        Assert.Equal(("WO-1001", Plate), (outcome.Left.Vehicle.Ref, outcome.Left.Vehicle.Plate));
    }

    [Fact]
    public void An_expected_vehicle_is_named_by_its_tag()
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Tags = [Tag] }, new ExpectedVehicle { Ref = "WO-1002", Tags = [OtherTag] });

        Assert.Equal("WO-1001", new BayScenario(configuration).At("08:00:00").TagReads(Tag, until: "08:10:00").Run().Entered.Vehicle.Ref);
    }

    [Fact]
    public void An_expected_vehicle_is_named_by_its_plate()
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Plate = Plate });

        Assert.Equal("WO-1001", new BayScenario(configuration).At("08:00:00").PlateReads(Plate, until: "08:10:00").Run().Entered.Vehicle.Ref);
    }

    [Fact]
    public void A_vehicle_once_named_keeps_its_name_when_its_tag_is_expected_under_another()
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Plate = Plate }, new ExpectedVehicle { Ref = "WO-1002", Tags = [Tag] });
        var outcome = new BayScenario(configuration).At("08:00:00").TagReads(Tag, until: "08:10:00").PlateReads(Plate, until: "08:00:03").Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 identified 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        Assert.Equal(("WO-1001", Plate), (outcome.Entered.Vehicle.Ref, outcome.Entered.Vehicle.Plate));
        Assert.Equal("WO-1001", outcome.Left.Vehicle.Ref);
    }

    [Fact]
    public void A_vehicle_that_becomes_expected_while_it_stands_in_the_bay_is_identified()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:15:00.2").VehiclesAreExpected(new ExpectedVehicle { Ref = "WO-1001", Tags = [Tag] })
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 identified 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Equal("WO-1001", outcome.Left.Vehicle.Ref);
        Assert.Contains(outcome.Identified.Evidence, evidence => evidence is { Kind: "expected", Detail: "expected as WO-1001" });
    }

    [Fact]
    public void A_plate_of_the_vehicle_in_the_next_bay_is_not_taken()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, "bay-01", until: "08:10:00")
            .At("08:01:00").TagReads(Tag, "bay-02", until: "08:10:00")
            .At("08:02:00.2").PlateReads(Plate, "bay-02", until: "08:02:05")
            .Run("08:10:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-02 entered 08:01:00"], outcome.Story);
        Assert.Null(outcome.Transitions[^1].Vehicle.Plate);
        Assert.Equal((false, true), (outcome.State.Bays["bay-02"].Visit!.HasNews, outcome.State.Bays["bay-02"].Visit!.IsNamedElsewhere));
    }

    [Fact]
    public void A_plate_of_another_expected_vehicle_does_not_rename_the_one_that_its_tag_named()
    {
        var configuration = Workshop.WithBays(
            2, new ExpectedVehicle { Ref = "WO-1001", Plate = Plate, Tags = [Tag] }, new ExpectedVehicle { Ref = "WO-1002", Plate = OtherPlate, Tags = [OtherTag] });
        var outcome = new BayScenario(configuration)
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:10:00").PlateReads(OtherPlate, until: "08:10:04")
            .Run();

        // Both are told as they were seen, and that they were is told anew; whose tag it is only a person can say.
        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 corrected to entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Equal(("WO-1001", Plate), (outcome.Entered.Vehicle.Ref, outcome.Entered.Vehicle.Plate));
        Assert.Equal(("WO-1001", OtherPlate, Tag), (outcome.Left.Vehicle.Ref, outcome.Left.Vehicle.Plate, Assert.Single(outcome.Left.Vehicle.Tags)));
    }

    [Fact]
    public void A_misreading_beside_the_plate_that_goes_with_the_tag_changes_nothing()
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Plate = Plate, Tags = [Tag] }, new ExpectedVehicle { Ref = "WO-1002", Plate = "沪AD12346" });
        var outcome = new BayScenario(configuration)
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:10:00").PlateReads("沪AD12346")
            .Run();

        Assert.All(outcome.Transitions, transition => Assert.Equal(("WO-1001", Plate), (transition.Vehicle.Ref, transition.Vehicle.Plate)));
    }

    [Theory]
    [InlineData("沪AD12345", "沪AD12346", "WO-1001")]
    [InlineData("沪AD12346", "沪AD12345", "WO-1002")]
    public void Two_fleet_cars_one_character_apart_are_not_swapped_by_a_misreading(string own, string twin, string reference)
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Plate = "沪AD12345" }, new ExpectedVehicle { Ref = "WO-1002", Plate = "沪AD12346" });
        var outcome = new BayScenario(configuration)
            .At("08:00:00").PlateReads(twin)
            .At("08:00:00.5").PlateReads(own, until: "08:30:00")
            .At("08:05:00.1").PlateReads(twin, until: "08:05:02")
            .Run();

        Assert.All(outcome.Transitions, transition => Assert.Contains(transition.Vehicle.Ref, new[] { null, reference }));
        Assert.Equal((reference, own), (outcome.Left.Vehicle.Ref, outcome.Left.Vehicle.Plate));
    }

    [Fact]
    public void Fleet_cars_whose_votes_are_divided_are_neither()
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Plate = "沪AD12345" }, new ExpectedVehicle { Ref = "WO-1002", Plate = "沪AD12346" });
        var outcome = new BayScenario(configuration)
            .At("08:00:00").PlateReads("沪AD12345", everySeconds: 2, until: "08:00:20")
            .At("08:00:01").PlateReads("沪AD12346", everySeconds: 2, until: "08:00:21")
            .Run();

        Assert.All(outcome.Transitions, transition => Assert.Null(transition.Vehicle.Ref));
    }

    [Fact]
    public void A_plate_that_was_misread_at_first_is_corrected_when_the_vote_changes()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads("沪AD12346", until: "08:00:01")
            .At("08:05:00").PlateReads(Plate, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 corrected to entered 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Equal(("沪AD12346", Plate), (outcome.Entered.Vehicle.Plate, outcome.Corrected.Vehicle.Plate));
        Assert.False(outcome.Corrected.IsStillPresent);
    }

    [Fact]
    public void A_vehicle_without_tag_and_plate_is_a_visit_without_a_name()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PictureShows(0.95, until: "08:30:00")
            .At("08:30:01").PictureShows(0.03, until: "08:40:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:01"], outcome.Story);
        Assert.Equal((null, null, 0), (outcome.Left.Vehicle.Ref, outcome.Left.Vehicle.Plate, outcome.Left.Vehicle.Tags.Count));
    }

    [Fact]
    public void A_plate_read_while_the_vehicle_is_hidden_is_its_own_once_its_tag_is_heard_again()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:15").PlateReads(Plate, until: "08:10:17")
            .At("08:10:25").TagReads(Tag, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 identified 08:00:00", "bay-01 left 08:30:00"], outcome.Story);
        Assert.Equal(Plate, outcome.Left.Vehicle.Plate);
        Assert.InRange(outcome.Identified.DecidedAt.Wall, BayScenario.Time("08:10:25"), BayScenario.Time("08:10:26"));
    }

    [Fact]
    public void A_plate_that_another_bay_had_is_taken_over_once_that_bay_is_empty()
    {
        // The first camera's view reaches into the next bay.
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, "bay-01", until: "08:00:05").ContactCloses("bay-01")
            .At("08:02:00").TagReads(Tag, "bay-02", until: "08:30:00")
            .At("08:03:00").PlateReads(Plate, "bay-02", until: "08:03:05")
            .At("08:10:00").ContactOpens("bay-01")
            .Run("08:30:00");

        Assert.Equal(Plate, outcome.Bay("bay-02").Vehicle!.Plate);
        Assert.DoesNotContain(outcome.Transitions, transition => transition.Bay == "bay-02" && transition.Vehicle.Plate == Plate && transition.DecidedAt.Wall < outcome.Left.DecidedAt.Wall);
    }
}
