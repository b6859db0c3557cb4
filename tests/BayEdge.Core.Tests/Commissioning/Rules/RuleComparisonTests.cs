using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning.Rules;
using BayEdge.Core.Recording;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Commissioning.Rules;

public sealed class RuleComparisonTests
{
    private static readonly Vehicle Van = new() { Plate = "沪AD12345" };

    [Fact]
    public void The_same_decisions_differ_in_nothing()
    {
        var outcome = Outcome(Entered("v1", "08:00:00"), Left("v1", "08:10:00"));

        var comparison = RuleComparison.Of(outcome, outcome);

        Assert.Empty(comparison.Differences);
        Assert.Equal((1, 1, 0), (comparison.Other.Arrivals, comparison.Other.Departures, comparison.Other.TakenBack));
    }

    [Fact]
    public void One_visit_that_the_other_rules_split_differs_and_its_second_half_is_new()
    {
        var comparison = RuleComparison.Of(
            Outcome(Entered("v1", "08:00:00"), Left("v1", "08:30:00")),
            Outcome(Entered("v1", "08:00:00"), Left("v1", "08:10:00"), Entered("v2", "08:20:00"), Left("v2", "08:30:00")));

        Assert.Equal([("v1", "v1"), (null, "v2")], comparison.Differences.Select(difference => (difference.Present?.VisitId, difference.Other?.VisitId)));
    }

    [Fact]
    public void A_visit_that_the_other_rules_do_not_tell_is_gone()
    {
        var difference = Assert.Single(RuleComparison.Of(Outcome(Entered("v1", "08:00:00"), Left("v1", "08:00:20")), Outcome()).Differences);

        Assert.Equal(("v1", null), (difference.Present?.VisitId, difference.Other?.VisitId));
    }

    [Fact]
    public void A_visit_of_another_beginning_is_the_same_visit_where_both_are_there_at_once()
    {
        var difference = Assert.Single(RuleComparison.Of(
            Outcome(Entered("v1", "08:00:00"), Left("v1", "08:30:00")), Outcome(Entered("v1b", "08:00:30"), Left("v1b", "08:30:00"))).Differences);

        Assert.Equal(("v1", "v1b"), (difference.Present?.VisitId, difference.Other?.VisitId));
    }

    [Theory]
    [InlineData("08:10:02", 0)]
    [InlineData("08:10:03", 1)]
    public void A_second_or_two_make_no_difference(string leftAt, int differences) => Assert.Equal(
        differences,
        RuleComparison.Of(Outcome(Entered("v1", "08:00:00"), Left("v1", "08:10:00")), Outcome(Entered("v1", "08:00:00"), Left("v1", leftAt))).Differences.Length);

    [Fact]
    public void A_departure_that_is_taken_back_counts_as_such_and_leaves_the_vehicle_there()
    {
        var outcome = Outcome(Entered("v1", "08:00:00"), Left("v1", "08:10:00"), StillThere("v1", "08:00:00"));

        Assert.Null(Assert.Single(outcome.Visits).Left);
        Assert.Equal((1, 0, 1), (outcome.Arrivals, outcome.Departures, outcome.TakenBack));
    }

    [Fact]
    public void A_visit_that_never_was_is_none()
    {
        var outcome = Outcome(Entered("v1", "08:00:00"), Retracted("v1", "08:00:00"));

        Assert.Empty(outcome.Visits);
        Assert.Equal(1, outcome.TakenBack);
    }

    [Fact]
    public void Whatever_was_told_before_the_time_that_is_asked_for_does_not_count()
    {
        var visits = new ReplayedVisits(BayScenario.Time("09:00:00"));
        foreach (var transition in (Transition[])[Entered("v1", "08:00:00"), Left("v1", "08:10:00"), Entered("v2", "08:50:00"), Left("v2", "09:10:00")])
            visits.Add(transition);

        Assert.Equal("v2", Assert.Single(visits.Outcome.Visits).VisitId);
    }

    [Fact]
    public void A_vehicle_that_came_before_and_has_left_under_one_of_the_rules_only_is_still_there_under_the_others()
    {
        var comparison = RuleComparison.Of(
            OutcomeSince("09:00:00", Entered("v1", "08:00:00")), OutcomeSince("09:00:00", Entered("v1", "08:00:00"), Left("v1", "09:10:00")));

        var difference = Assert.Single(comparison.Differences);
        Assert.Equal(("v1", null), (difference.Present?.VisitId, difference.Present?.Left));
        Assert.NotNull(difference.Other?.Left);
    }

    [Fact]
    public void What_was_told_otherwise_before_the_time_that_is_asked_for_is_no_difference()
    {
        var comparison = RuleComparison.Of(
            OutcomeSince("09:00:00", Entered("v1", "08:00:00"), Left("v1", "08:30:00"), Entered("v2", "09:20:00")),
            OutcomeSince("09:00:00", Entered("v1", "08:00:00"), Left("v1", "08:40:00"), Entered("v2", "09:20:00")));

        Assert.Empty(comparison.Differences);
        Assert.Equal(1, comparison.Same);
    }

    [Fact]
    public void A_vehicle_that_stood_there_when_the_recording_begins_is_still_there_where_nobody_tells_that_it_left()
    {
        var (present, other) = (Visits("08:00:00"), Visits("08:00:00"));
        foreach (var visits in new[] { present, other })
            visits.Begin(Begun("08:00:00", "v1"));
        other.Add(Left("v1", "08:30:00"));

        var difference = Assert.Single(RuleComparison.Of(present.Outcome, other.Outcome).Differences);

        Assert.Equal(("v1", null), (difference.Present?.VisitId, difference.Present?.Left));
        Assert.Equal(0, present.Outcome.Arrivals);
    }

    [Fact]
    public void A_visit_that_the_device_knows_nothing_of_after_a_gap_is_cut_off_there_and_takes_no_later_one()
    {
        var (present, other) = (Visits("08:00:00"), Visits("08:00:00"));
        other.Add(Entered("v0", "08:30:00"));
        foreach (var visits in new[] { present, other })
        {
            visits.Begin(Begun("09:00:00"));
            visits.Add(Entered("v1", "09:30:00"));
        }

        var comparison = RuleComparison.Of(present.Outcome, other.Outcome);

        var ghost = Assert.Single(comparison.Differences).Other!;
        Assert.Equal(("v0", true, BayScenario.Time("09:00:00")), (ghost.VisitId, ghost.IsCutOff, ghost.Left!.At));
        Assert.Equal((1, 0), (comparison.Same, comparison.Other.Departures));
    }

    [Fact]
    public void A_visit_that_lasts_through_a_start_of_the_service_is_one_whatever_the_replay_had_called_it()
    {
        var visits = Visits("08:00:00");
        visits.Add(Entered("v1b", "08:30:00"));
        visits.Begin(Begun("09:00:00", "v1"));
        visits.Add(Left("v1", "09:30:00"));

        var visit = Assert.Single(visits.Outcome.Visits);

        Assert.Equal(("v1", BayScenario.Time("08:30:00"), BayScenario.Time("09:30:00")), (visit.VisitId, visit.Entered.At, visit.Left!.At));
        Assert.False(visit.IsCutOff);
    }

    [Fact]
    public void The_usual_delay_is_that_in_the_middle()
    {
        var outcome = Outcome(
            Left("v1", "08:10:00", toldAfter: 60), Left("v2", "08:20:00", toldAfter: 900), Left("v3", "08:30:00", toldAfter: 120));

        Assert.Equal(TimeSpan.FromSeconds(120), outcome.UsualDepartureDelay);
        Assert.Equal((0, 3), (outcome.Arrivals, outcome.Departures));
    }

    private static ReplayedVisits Visits(string from) => new(BayScenario.Time(from));

    private static BegunAnew Begun(string at, params string[] visits) =>
        new(BayScenario.Time(at), [.. visits.Select(visit => new StandingVisit("bay-01", visit, Van, BayScenario.Time("07:30:00")))]);

    private static ReplayOutcome Outcome(params Transition[] transitions) => Outcome(new ReplayedVisits(DateTimeOffset.MinValue), transitions);

    private static ReplayOutcome OutcomeSince(string from, params Transition[] transitions) => Outcome(Visits(from), transitions);

    private static ReplayOutcome Outcome(ReplayedVisits visits, Transition[] transitions)
    {
        foreach (var transition in transitions)
            visits.Add(transition);
        return visits.Outcome;
    }

    private static VehicleEntered Entered(string visit, string at) => new("bay-01", visit, Van, At(at), At(at), At(at), At(at), []);

    private static VehicleLeft Left(string visit, string at, double toldAfter = 60) =>
        new("bay-01", visit, Van, At(at), At(at), At(at), At(at) + TimeSpan.FromSeconds(toldAfter), [], At("08:00:00"));

    private static VisitCorrected StillThere(string visit, string enteredAt) =>
        new("bay-01", visit, Van, At(enteredAt), At(enteredAt), At(enteredAt), At("08:30:00"), [], null, IsStillPresent: true, new Phrase("again", "again"));

    private static VisitRetracted Retracted(string visit, string at) =>
        new("bay-01", visit, Van, At(at), At(at), At(at), At("08:30:00"), [], new Phrase("never", "never"));

    private static ObservedAt At(string timeOfDay) => new(BayScenario.Time(timeOfDay), BayScenario.Time(timeOfDay) - BayScenario.Time("00:00:00"));
}
