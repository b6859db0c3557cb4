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
    }
}
