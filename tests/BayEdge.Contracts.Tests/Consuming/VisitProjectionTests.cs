using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static BayEdge.Contracts.Tests.Consuming.VisitEvents;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class VisitProjectionTests
{
    private static readonly DateTimeOffset Nine = Eight.AddHours(1);

    [Fact]
    public void A_vehicle_that_only_entered_is_a_visit_without_an_end()
    {
        var visit = VisitProjection.FoldOne([Entered(1, Eight)]);

        Assert.Equal(Eight, visit.Entered!.At);
        Assert.Null(visit.OccupiedSeconds);
        Assert.False(visit.IsFinished);
    }

    [Fact]
    public void The_duration_is_what_the_device_measured_not_the_difference_of_two_clock_times()
    {
        var visit = VisitProjection.FoldOne([Entered(1, Eight), Left(2, Eight, Nine, 3599.5)]);

        Assert.True(visit.IsFinished);
        Assert.Equal(3599.5, visit.OccupiedSeconds);
    }

    [Fact]
    public void A_vehicle_becomes_known_after_it_entered()
    {
        var visit = VisitProjection.FoldOne(
        [
            Event(1, EventTypes.VehicleEntered, Eight, data => data with { Vehicle = new Vehicle() }),
            Event(2, EventTypes.VehicleIdentified, Eight),
        ]);

        Assert.Equal(Known, visit.Vehicle);
        Assert.Equal(Eight, visit.Entered!.At);
    }

    [Fact]
    public void A_leaving_whose_entering_never_came_still_makes_a_whole_visit()
    {
        var visit = VisitProjection.FoldOne([Left(2, Eight, Nine, 3600)]);

        Assert.Equal(new VisitMoment(Eight, null, null), visit.Entered);
        Assert.Equal(3600, visit.OccupiedSeconds);
    }

    [Fact]
    public void A_corrected_entering_makes_the_stay_longer()
    {
        var visit = VisitProjection.FoldOne(
        [
            Entered(1, Eight),
            Left(2, Eight, Nine, 3600),
            Event(3, EventTypes.VisitCorrected, Eight.AddMinutes(-5), data => data with { Reason = "seen earlier" }),
        ]);

        Assert.Equal(Eight.AddMinutes(-5), visit.Entered!.At);
        Assert.Equal(3900, visit.OccupiedSeconds);
        Assert.Equal("seen earlier", visit.Reason);
    }

    [Fact]
    public void A_corrected_leaving_restates_both_ends()
    {
        var visit = VisitProjection.FoldOne(
        [
            Entered(1, Eight),
            Left(2, Eight, Nine, 3600),
            Event(3, EventTypes.VisitCorrected, Nine.AddMinutes(2), data => data with { EnteredAt = Eight, OccupiedSeconds = 3720 }),
        ]);

        Assert.Equal(Nine.AddMinutes(2), visit.Left!.At);
        Assert.Equal(Eight, visit.Entered!.At);
        Assert.Equal(3720, visit.OccupiedSeconds);
    }

    [Fact]
    public void A_retracted_visit_is_not_finished_even_when_its_leaving_comes_later()
    {
        var visit = VisitProjection.FoldOne(
        [
            Entered(1, Eight),
            Event(2, EventTypes.VisitRetracted, Eight, data => data with { Reason = "the bay beside" }),
            Left(3, Eight, Nine, 3600),
        ]);

        Assert.True(visit.IsRetracted);
        Assert.False(visit.IsFinished);
    }

    [Fact]
    public void The_word_of_a_later_epoch_is_the_later_word()
    {
        var visit = VisitProjection.FoldOne(
        [
            Event(1, EventTypes.VisitCorrected, Eight.AddMinutes(1), data => data with { Reason = "later" }, epoch: 2),
            Entered(900, Eight),
        ]);

        Assert.Equal(Eight.AddMinutes(1), visit.Entered!.At);
    }

    [Fact]
    public void Two_devices_may_use_one_visit_id_without_mixing_their_visits()
    {
        var here = Entered(1, Eight);
        var there = here with { Source = here.Source with { Device = "pi-02" } };

        Assert.Equal(["pi-01", "pi-02"], VisitProjection.Fold([here, there]).Select(visit => visit.Device));
    }

    [Property(MaxTest = 200)]
    public Property Events_make_the_same_visit_in_whatever_order_they_come() =>
        Prop.ForAll(Gen.Shuffle(Story()).ToArbitrary(), shuffled =>
            Assert.Equal(VisitProjection.FoldOne(Story()), VisitProjection.FoldOne(shuffled)));

    private static ReceivedEvent[] Story() =>
    [
        Event(1, EventTypes.VehicleEntered, Eight, data => data with { Vehicle = new Vehicle() }),
        Event(2, EventTypes.VehicleIdentified, Eight),
        Left(3, Eight, Nine, 3600),
        Event(4, EventTypes.VisitCorrected, Eight.AddMinutes(1), data => data with { Reason = "first" }),
        Event(5, EventTypes.VisitCorrected, Nine.AddMinutes(2), data => data with { EnteredAt = Eight, OccupiedSeconds = 3720 }),
    ];
}
