using System.Collections.Immutable;
using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Tests.Recording;
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
        foreach (var word in day.Words)
        {
            state = Take(state, word).State;
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
        foreach (var word in day.Words)
        {
            // Not at the instant of the last word itself, for there may be another.
            foreach (var part in word.At.Monotonic > step.State.Now.Monotonic ? [0.1, 0.5, 0.9] : Array.Empty<double>())
                step = step.Then(now => BayTracker.AdvanceTo(now, now.Now + ((word.At - now.Now) * part)));
            step = step.Then(now => Take(now, word));
        }

        step = step.Then(now => BayTracker.AdvanceTo(now, day.End));
        var atOnce = Run(day);
        Assert.Equal(Events(atOnce), Events(step));
        Assert.Equal(Snapshot(atOnce.State), Snapshot(step.State));
    }

    [Property]
    public void A_recording_that_ends_at_any_point_replays_what_was_decided_until_then(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var length = day.Words.IsEmpty ? 0 : point.Get % day.Words.Length;
        var (until, whole) = (Record(day, length), Record(day, day.Words.Length));

        var (decided, remarks) = RecordedDay.Replay(until.Segments);

        Assert.Empty(remarks);
        Assert.Equal(until.Decided.Select(RecordedDay.Tell), decided.Select(RecordedDay.Tell));
        Assert.Equal(whole.Decided.Take(decided.Count).Select(RecordedDay.Tell), decided.Select(RecordedDay.Tell));
        Assert.StartsWith(WithoutEnd(until.Segments[0]), whole.Segments[0], StringComparison.Ordinal);
    }

    [Property]
    public void The_order_within_one_instant_does_not_matter(RandomDay day, int seed)
    {
        var together = day.InStepsOf(TimeSpan.FromSeconds(2));

        Assert.Equal(Events(Run(together)), Events(Run(together.Shuffled(seed))));
    }

    [Property]
    public void A_snapshot_holds_all_that_decides_but_what_is_told_anew_at_every_start(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var (before, rest) = Cut(day, point);
        // Which sources work, whether other devices can be heard, and whom the workshop expects.
        var fresh = RandomDay.Fresh(before.State.Now) with
        {
            Sources = before.State.Sources, AloneSince = before.State.AloneSince, Expected = before.State.Expected,
        };
        var after = Run(Restore(fresh, before.State), rest.AsSpan(), day.End);

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

        // The events after it may differ: to a source that has just come up the silence before means nothing, so a departure is decided
        // later, and who is heard within its first seconds has come with nobody. No visit is opened twice or forgotten for it.
        Assert.Empty(restored.Transitions);
        Assert.Equal(before.State.Bays.Values.Select(bay => bay.Visit?.Id), restored.State.Bays.Values.Select(bay => bay.Visit?.Id));
        AssertOneVisitAtATime(before.Transitions.AddRange(Run(restored.State, rest.AsSpan(), day.End).Transitions));
    }

    [Property]
    public void After_a_power_cut_the_snapshot_of_the_last_decision_ends_no_visit_and_begins_none_twice(
        RandomDay day, FsCheck.NonNegativeInt point, FsCheck.PositiveInt seconds)
    {
        var length = day.Words.IsEmpty ? 0 : point.Get % day.Words.Length;
        var (step, written) = (new TrackerStep(RandomDay.Fresh(RandomDay.Start), []), RandomDay.Fresh(RandomDay.Start));
        foreach (var word in day.Words.Take(length))
        {
            var told = step.Transitions.Length;
            step = step.Then(now => Take(now, word));
            written = step.Transitions.Length > told ? step.State : written;
        }

        var booted = TimeSpan.FromSeconds(20);
        var back = new ObservedAt(step.State.Now.Wall + TimeSpan.FromSeconds(seconds.Get), booted);
        var fresh = RandomDay.Fresh(back).WithSourcesDown();
        var restored = TrackerSnapshot.Restore(fresh, TrackerSnapshot.Write(written, "boot"), "next boot");

        Assert.Empty(restored.Transitions);
        Assert.Equal(step.State.Bays.Values.Select(bay => bay.Visit?.Id), restored.State.Bays.Values.Select(bay => bay.Visit?.Id));
        var rest = day.Words.Skip(length).Select(word => word.MovedTo(back + (word.At - step.State.Now))).ToImmutableArray();
        AssertOneVisitAtATime(step.Transitions.AddRange(Run(restored.State, rest.AsSpan(), back + TimeSpan.FromDays(1)).Transitions));
    }

    // A property that no day puts to the test would always hold.
    [Fact]
    public void Random_days_have_visits_moves_and_names()
    {
        var transitions = RandomDays.Arbitrary().Generator.Sample(40, 600).SelectMany(day => Run(day).Transitions).ToList();

        Assert.InRange(transitions.OfType<VehicleLeft>().Count(), 100, int.MaxValue);
        Assert.Contains(transitions, transition => transition is VehicleIdentified { Vehicle.Ref: not null });
        Assert.Contains(transitions, transition => transition.IsProvisional);
        Assert.Contains(transitions, transition => transition.Evidence.Any(evidence => evidence.Source == "person"));
        Assert.Contains(transitions, transition => transition.Evidence.Any(evidence => evidence.Kind == "neighbour"));
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
                        Assert.Equal((open?.VisitId, open?.At.Wall), (left.VisitId, left.EnteredAt.Wall));
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
                    case VisitCorrected corrected when corrected.VisitId != open?.VisitId:
                        // A person's word for the last visit.
                        Assert.Equal(enterings[corrected.VisitId].At.Wall, corrected.At.Wall);
                        break;
                    default:
                        Assert.Equal((open?.VisitId, open?.At.Wall), (transition.VisitId, transition.At.Wall));
                        break;
                }
            }
        }
    }

    private static (TrackerStep Before, ImmutableArray<RandomWord> After) Cut(RandomDay day, FsCheck.NonNegativeInt point)
    {
        var at = day.Words.IsEmpty ? 0 : point.Get % day.Words.Length;
        return (Run(RandomDay.Fresh(RandomDay.Start), day.Words.AsSpan()[..at]), day.Words[at..]);
    }

    private static RecordedDay Record(RandomDay day, int length)
    {
        var recorded = new RecordedDay(RandomDay.Start);
        foreach (var word in day.Words.Take(length))
        {
            if (word.IsDecidedAtOnce)
                recorded.Take(new TimePassed(word.At));
            recorded.Take(word.Say(recorded.State));
        }

        recorded.End();
        return recorded;
    }

    private static string WithoutEnd(string segment) => segment[..(segment.TrimEnd('\n').LastIndexOf('\n') + 1)];

    // What has no time of its own is said when everything before it has been decided.
    private static TrackerStep Take(TrackerState state, RandomWord word) => word.IsDecidedAtOnce
        ? BayTracker.AdvanceTo(state, word.At).Then(now => BayTracker.Step(now, word.Say(now)))
        : BayTracker.Step(state, word.Say(state));

    private static TrackerState Restore(TrackerState fresh, TrackerState before) =>
        TrackerSnapshot.Restore(fresh, TrackerSnapshot.Write(before, "boot"), "boot").State;

    private static TrackerStep Run(RandomDay day) => Run(RandomDay.Fresh(RandomDay.Start), day.Words.AsSpan(), day.End);

    private static TrackerStep Run(TrackerState state, ReadOnlySpan<RandomWord> words, ObservedAt? end = null)
    {
        var step = new TrackerStep(state, []);
        foreach (var word in words)
            step = step.Then(now => Take(now, word));
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
