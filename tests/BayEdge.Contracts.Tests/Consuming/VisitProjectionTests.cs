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
    public void A_leaving_that_is_taken_back_leaves_the_visit_open()
    {
        var visit = VisitProjection.FoldOne(
        [
            Entered(1, Eight),
            Left(2, Eight, Nine, 3600),
            StillPresent(3, Eight),
        ]);

        Assert.False(visit.IsFinished);
        Assert.Equal((Eight, null, null, "read again"), (visit.Entered!.At, visit.Left, visit.OccupiedSeconds, visit.Reason));
    }

    [Fact]
    public void A_vehicle_that_had_not_left_after_all_leaves_in_the_end()
    {
        var visit = VisitProjection.FoldOne(
        [
            Entered(1, Eight),
            Left(2, Eight, Nine, 3600),
            StillPresent(3, Eight),
            Left(4, Eight, Nine.AddHours(1), 7200),
        ]);

        Assert.True(visit.IsFinished);
        Assert.Equal((Nine.AddHours(1), 7200.0), (visit.Left!.At, visit.OccupiedSeconds));
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

    [Property(MaxTest = 500)]
    public Property Events_make_the_same_visit_in_whatever_order_they_come() =>
        Prop.ForAll(OrdersOfArrival().ToArbitrary(), story =>
            Assert.Equal(VisitProjection.FoldOne(story.Told), VisitProjection.FoldOne(story.Arrived)));

    /// <summary>The last word on the two ends decides, whatever was said before it.</summary>
    [Property(MaxTest = 500)]
    public Property A_visit_is_finished_exactly_when_its_last_word_on_the_leaving_is_a_leaving() =>
        Prop.ForAll(OrdersOfArrival().ToArbitrary(), story =>
        {
            var lastWord = story.Told.LastOrDefault(told => told.Type == EventTypes.VehicleLeft
                || (told.Type == EventTypes.VisitCorrected && (told.Visit!.StillPresent || told.Visit.EnteredAt is not null)));
            var retracted = story.Told.Any(told => told.Type == EventTypes.VisitRetracted);

            Assert.Equal(
                !retracted && lastWord is { Visit.StillPresent: false },
                VisitProjection.FoldOne(story.Arrived).IsFinished);
        });

    private static ReceivedEvent StillPresent(long sequence, DateTimeOffset enteredAt) =>
        Event(sequence, EventTypes.VisitCorrected, enteredAt, data => data with { StillPresent = true, Reason = "read again" });

    /// <summary>Stories of any events that a device may tell of one visit, over two epochs, as told and as they arrive.</summary>
    private static Gen<(ReceivedEvent[] Told, ReceivedEvent[] Arrived)> OrdersOfArrival() =>
        from kinds in Gen.NonEmptyListOf(Gen.Choose(0, 6))
        let told = kinds.Select((kind, index) => Word(kind, index + 1, epoch: index < kinds.Count / 2 ? 1 : 2)).ToArray()
        from arrived in Gen.Shuffle(told)
        select (told, arrived);

    private static ReceivedEvent Word(int kind, int number, int epoch)
    {
        var (entered, left) = (Eight.AddSeconds(number), Nine.AddSeconds(number));
        return kind switch
        {
            0 => Event(number, EventTypes.VehicleEntered, entered, data => data with { Vehicle = new Vehicle() }, epoch),
            1 => Event(number, EventTypes.VehicleIdentified, entered, epoch: epoch),
            2 => Event(number, EventTypes.VehicleLeft, left, data => data with { EnteredAt = entered, OccupiedSeconds = 3600 }, epoch),
            3 => Event(number, EventTypes.VisitCorrected, entered, data => data with { Reason = $"reason {number}" }, epoch),
            4 => Event(number, EventTypes.VisitCorrected, left, data => data with { EnteredAt = entered, Reason = $"reason {number}" }, epoch),
            5 => Event(number, EventTypes.VisitCorrected, entered, data => data with { StillPresent = true, Reason = $"reason {number}" }, epoch),
            _ => Event(number, EventTypes.VisitRetracted, entered, data => data with { Reason = $"reason {number}" }, epoch),
        };
    }
}
