using System.Collections.Immutable;
using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BayEdge.Core.Tests.Bays;

/// <summary>What holds whatever the sources say.</summary>
[Properties(Arbitrary = [typeof(RandomDays)], MaxTest = 300, EndSize = 60, QuietOnSuccess = true)]
public sealed class TrackerProperties
{
    [Property]
    public void A_bay_has_one_visit_at_a_time_and_it_ends_before_the_next_begins(RandomDay day) => AssertOneVisitAtATime(Run(day).Transitions);

    [Property]
    public void A_vehicle_is_in_one_bay_at_a_time(RandomDay day)
    {
        var state = RandomDay.Fresh(RandomDay.Start);
        foreach (var sighting in day.Sightings)
        {
            state = BayTracker.Step(state, new SightingInput(sighting)).State;
            var visits = state.Bays.Values.Select(bay => bay.Visit).OfType<Visit>().ToList();
            Assert.Distinct(visits.SelectMany(visit => visit.Tags));
            Assert.Distinct(visits.Select(visit => visit.Plate).OfType<string>());
            Assert.Distinct(visits.Select(visit => visit.Ref).OfType<string>());
        }
    }

    [Property]
    public void The_time_of_an_event_lies_within_its_bounds_and_never_after_the_decision(RandomDay day)
    {
        foreach (var transition in Run(day).Transitions)
        {
            Assert.InRange(transition.At.Wall, transition.Earliest.Wall, transition.Latest.Wall);
            Assert.InRange(transition.Latest.Wall, transition.Earliest.Wall, transition.DecidedAt.Wall);
            Assert.NotEmpty(transition.Evidence);
        }
    }

    [Property]
    public void The_evidence_of_an_event_weighs_something_that_can_be_written(RandomDay day) =>
        Assert.All(Run(day).Transitions.SelectMany(transition => transition.Evidence), evidence => Assert.True(double.IsFinite(evidence.Weight ?? 0), evidence.Detail));

    [Property]
    public void Decisions_come_in_the_order_of_their_time(RandomDay day)
    {
        var decided = Run(day).Transitions.Select(transition => transition.DecidedAt.Monotonic).ToList();

        Assert.Equal(decided.Order(), decided);
    }

    [Property]
    public void The_same_day_gives_the_same_bytes(RandomDay day) => Assert.Equal(Events(Run(day)), Events(Run(day)));

    [Property]
    public void It_does_not_matter_how_often_the_clock_is_looked_at(RandomDay day)
    {
        var step = new TrackerStep(RandomDay.Fresh(RandomDay.Start), []);
        foreach (var sighting in day.Sightings)
        {
            // Not at the instant of the last sighting itself, for there may be another.
            foreach (var part in sighting.At.Monotonic > step.State.Now.Monotonic ? [0.1, 0.5, 0.9] : Array.Empty<double>())
                step = step.Then(now => BayTracker.AdvanceTo(now, now.Now + ((sighting.At - now.Now) * part)));
            step = step.Then(now => BayTracker.Step(now, new SightingInput(sighting)));
        }

        step = step.Then(now => BayTracker.AdvanceTo(now, day.End));
        var atOnce = Run(day);
        Assert.Equal(Events(atOnce), Events(step));
        Assert.Equal(Snapshot(atOnce.State), Snapshot(step.State));
    }

    [Property]
    public void Taking_a_log_in_two_parts_comes_to_the_same_as_taking_it_at_once(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var (before, rest) = Cut(day, point);
        var after = Run(before.State, rest.AsSpan(), day.End);

        var atOnce = Run(day);
        Assert.Equal(Events(atOnce), Events(after with { Transitions = before.Transitions.AddRange(after.Transitions) }));
        Assert.Equal(Snapshot(atOnce.State), Snapshot(after.State));
    }

    [Property]
    public void The_order_within_one_instant_does_not_matter(RandomDay day, int seed)
    {
        var together = day.InStepsOf(TimeSpan.FromSeconds(2));

        Assert.Equal(Events(Run(together)), Events(Run(together.Shuffled(seed))));
    }

    [Property]
    public void A_snapshot_holds_all_that_decides_but_which_sources_work(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var (before, rest) = Cut(day, point);
        var after = Run(Restore(RandomDay.Fresh(before.State.Now) with { Sources = before.State.Sources }, before.State), rest.AsSpan(), day.End);

        var uninterrupted = Run(day);
        Assert.Equal(Events(uninterrupted), Events(after with { Transitions = before.Transitions.AddRange(after.Transitions) }));
        Assert.Equal(Snapshot(uninterrupted.State), Snapshot(after.State));
    }

    [Property]
    public void A_restart_at_any_point_ends_no_visit_and_begins_none_twice(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var (before, rest) = Cut(day, point);
        var restored = new TrackerStep(Restore(RandomDay.Fresh(before.State.Now).WithSourcesDown(), before.State), []);
        foreach (var (source, _) in before.State.Sources.Where(source => source.Value.Up))
            restored = restored.Then(now => BayTracker.Step(now, new SightingInput(new SourceSighting(now.Now, source, SourceState.Up))));

        Assert.Empty(restored.Transitions);
        Assert.Equal(before.State.Bays.Values.Select(bay => bay.Visit?.Id), restored.State.Bays.Values.Select(bay => bay.Visit?.Id));
        AssertOneVisitAtATime(before.Transitions.AddRange(Run(restored.State, rest.AsSpan(), day.End).Transitions));
    }

    // A property that no day puts to the test would always hold.
    [Fact]
    public void Random_days_have_visits_moves_and_names()
    {
        var transitions = RandomDays.Arbitrary().Generator.Sample(40, 200).SelectMany(day => Run(day).Transitions).ToList();

        Assert.InRange(transitions.OfType<VehicleLeft>().Count(), 100, int.MaxValue);
        Assert.Contains(transitions, transition => transition is VehicleIdentified { Vehicle.Ref: not null });
        Assert.Contains(transitions, transition => transition.Evidence.Any(evidence => evidence.Detail.Contains("is now clearly in", StringComparison.Ordinal)));
        Assert.Contains(transitions, transition => transition.Evidence.Any(evidence => evidence.Detail.StartsWith("empty since", StringComparison.Ordinal)));
    }

    // As a central system follows it: a visit is open from its entering to its leaving, and again if the leaving is taken back.
    private static void AssertOneVisitAtATime(ImmutableArray<Transition> events)
    {
        foreach (var bay in events.GroupBy(transition => transition.Bay))
        {
            VehicleEntered? open = null;
            var (enterings, freeSince) = (new Dictionary<string, VehicleEntered>(), DateTimeOffset.MinValue);
            foreach (var transition in bay)
            {
                switch (transition)
                {
                    case VehicleEntered entered:
                        Assert.Null(open);
                        Assert.True(entered.At.Wall > freeSince, $"{entered.VisitId} began before the visit before it ended");
                        enterings.Add(entered.VisitId, entered);
                        open = entered;
                        break;
                    case VehicleLeft left:
                        Assert.Equal((open?.VisitId, open?.At), (left.VisitId, left.EnteredAt));
                        Assert.True(left.EnteredAt.Wall <= left.At.Wall, $"{left.VisitId} left before it entered");
                        (open, freeSince) = (null, left.At.Wall);
                        break;
                    case VisitRetracted:
                        Assert.Equal(open?.VisitId, transition.VisitId);
                        open = null;
                        break;
                    case VisitCorrected { IsStillPresent: true }:
                        Assert.Null(open);
                        open = enterings[transition.VisitId];
                        break;
                    default:
                        Assert.Equal((open?.VisitId, open?.At), (transition.VisitId, transition.At));
                        break;
                }
            }
        }
    }

    private static (TrackerStep Before, ImmutableArray<Sighting> After) Cut(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var at = day.Sightings.IsEmpty ? 0 : point.Get % day.Sightings.Length;
        return (Run(RandomDay.Fresh(RandomDay.Start), day.Sightings.AsSpan()[..at]), day.Sightings[at..]);
    }

    private static TrackerState Restore(TrackerState fresh, TrackerState before) =>
        TrackerSnapshot.Restore(fresh, TrackerSnapshot.Write(before, "boot"), "boot").State;

    private static TrackerStep Run(RandomDay day) => Run(RandomDay.Fresh(RandomDay.Start), day.Sightings.AsSpan(), day.End);

    private static TrackerStep Run(TrackerState state, ReadOnlySpan<Sighting> sightings, ObservedAt? end = null)
    {
        var step = new TrackerStep(state, []);
        foreach (var sighting in sightings)
            step = step.Then(now => BayTracker.Step(now, new SightingInput(sighting)));
        return end is { } last ? step.Then(now => BayTracker.AdvanceTo(now, last)) : step;
    }

    private static string Snapshot(TrackerState state) => Encoding.UTF8.GetString(TrackerSnapshot.Write(state, "boot"));

    private static string Events(TrackerStep step)
    {
        var composer = new EventComposer("sh-01", "pi-01");
        var clock = new ClockInfo(ClockState.Synced, 0, "boot");
        var payloads = step.Transitions.Select((transition, index) => composer.Compose(transition, clock).Compose(new EventPosition(1, index + 1)));
        return string.Join('\n', payloads.Select(Encoding.UTF8.GetString));
    }
}
