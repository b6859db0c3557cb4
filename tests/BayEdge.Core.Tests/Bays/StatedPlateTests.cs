using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

/// <summary>A person says which plate a vehicle has.</summary>
public sealed class StatedPlateTests
{
    private const string Misread = "沪AD12346";
    private const string Right = "沪AD12345";

    [Fact]
    public void A_plate_that_was_misread_is_corrected_and_no_camera_overrules_the_person()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Misread, until: "08:00:10").TagReads(Tag, until: "08:30:00")
            .At("08:05:00").PlateStated(Right)
            .At("08:10:00").PlateReads(Misread, until: "08:11:00")
            .Run();

        var corrected = Assert.Single(outcome.Transitions.OfType<VisitCorrected>());
        Assert.Equal((Right, null), (corrected.Vehicle.Plate, corrected.Vehicle.PlateConfidence));
        Assert.Contains(corrected.Evidence, item => item is { Source: "person", Detail: $"a person says that the plate is {Right}" });
        Assert.Equal(Right, outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void A_vehicle_without_a_plate_is_identified()
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right).Run();

        Assert.Equal(Right, Assert.Single(outcome.Transitions.OfType<VehicleIdentified>()).Vehicle.Plate);
        Assert.Empty(outcome.Transitions.OfType<VisitCorrected>());
    }

    [Fact]
    public void The_plate_names_the_vehicle_that_the_workshop_expects()
    {
        var outcome = new BayScenario(Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1", Plate = Right }))
            .At("08:00:00").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right).Run();

        Assert.Equal("WO-1", Assert.Single(outcome.Transitions.OfType<VehicleIdentified>()).Vehicle.Ref);
    }

    [Fact]
    public void The_last_visit_is_corrected_when_the_vehicle_has_left_and_stays_left()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Misread, until: "08:00:10").TagReads(Tag, until: "08:10:00")
            .At("08:50:00").PlateStated(Right)
            .Run();

        var corrected = Assert.Single(outcome.Transitions.OfType<VisitCorrected>());
        Assert.Equal((Right, null, false, outcome.Entered.At), (corrected.Vehicle.Plate, corrected.EnteredAt, corrected.IsStillPresent, corrected.At));
        Assert.Equal(Misread, outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void What_is_said_already_is_not_said_again()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Right, until: "08:00:10").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right).Run();

        Assert.Empty(outcome.Transitions.OfType<VisitCorrected>());
        Assert.Equal(Right, outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void A_plate_that_stands_in_another_bay_is_not_taken()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Right, "bay-02", until: "08:30:00").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right).Run();

        Assert.DoesNotContain(outcome.Transitions.OfType<Transition>(), transition => transition.Bay == "bay-01" && transition.Vehicle.Plate == Right);
    }

    [Fact]
    public void A_word_for_another_visit_changes_nothing()
    {
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right, visit: "bay-01-other").Run();

        Assert.Null(outcome.Left.Vehicle.Plate);
    }

    [Fact]
    public void A_plate_in_the_list_that_looks_alike_does_not_take_the_persons_word_for_its_own()
    {
        var outcome = new BayScenario(Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-2", Plate = Misread }))
            .At("08:00:00").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right).Run();

        Assert.Equal((Right, null), (outcome.Left.Vehicle.Plate, outcome.Left.Vehicle.Ref));
    }

    [Theory]
    [InlineData("08:05:00")]
    [InlineData("08:50:00")]
    public void The_work_order_of_a_misread_plate_goes_with_it(string stated)
    {
        var outcome = new BayScenario(Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-2", Plate = Misread }))
            .At("08:00:00").PlateReads(Misread, until: "08:00:10").TagReads(Tag, until: "08:30:00").At(stated).PlateStated(OtherPlate).Run();

        Assert.Equal("WO-2", outcome.Transitions.OfType<VehicleIdentified>().LastOrDefault()?.Vehicle.Ref ?? outcome.Entered.Vehicle.Ref);
        Assert.Equal((OtherPlate, null), (outcome.Corrected.Vehicle.Plate, outcome.Corrected.Vehicle.Ref));
    }

    [Fact]
    public void A_person_knows_better_than_a_tag_which_vehicle_it_is()
    {
        var outcome = new BayScenario(Workshop.WithBays(
                2, new ExpectedVehicle { Ref = "WO-1", Plate = OtherPlate, Tags = [Tag] }, new ExpectedVehicle { Ref = "WO-2", Plate = Right }))
            .At("08:00:00").TagReads(Tag, until: "08:30:00").At("08:05:00").PlateStated(Right).Run();

        Assert.Equal("WO-1", outcome.Entered.Vehicle.Ref);
        Assert.Equal((Right, "WO-2"), (outcome.Corrected.Vehicle.Plate, outcome.Corrected.Vehicle.Ref));
    }

    [Fact]
    public void A_word_for_a_bay_that_is_not_there_changes_nothing()
    {
        var state = TrackerState.Start(new BayLayout(Workshop.WithBays(1)), [], new ObservedAt(BayScenario.Time("08:00:00"), TimeSpan.Zero));

        var step = BayTracker.Step(state, new PlateStated("bay-99", "bay-99-1", Right));

        Assert.Same(state, step.State);
        Assert.Empty(step.Transitions);
    }

    [Fact]
    public void A_persons_word_outlives_a_power_cut()
    {
        var outcome = new BayScenario(Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-2", Plate = Misread }))
            .At("08:00:00").TagReads(Tag, until: "08:30:00").PlateReads(Misread, until: "08:00:10")
            .At("08:05:00").PlateStated(Right)
            .At("08:06:00").PowerIsOut(until: "08:08:00")
            .At("08:10:00").PlateReads(Misread, until: "08:11:00")
            .Run();

        Assert.Equal((Right, null), (outcome.Left.Vehicle.Plate, outcome.Left.Vehicle.Ref));
    }
}
