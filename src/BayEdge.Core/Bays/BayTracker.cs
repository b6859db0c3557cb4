using System.Collections.Immutable;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Decides from sightings alone when a vehicle is in a bay.</summary>
public static class BayTracker
{
    /// <summary>
    /// Takes one input in; pure. Deadlines that lie before a sighting are met first, so the outcome does not depend on how
    /// often the caller looks at the clock.
    /// </summary>
    /// <remarks>
    /// A sighting is only noted. What it leads to is decided when time has passed it, so that the order of what is seen at the same
    /// instant does not matter: after the last sighting, <see cref="AdvanceTo"/> its time.
    /// </remarks>
    public static TrackerStep Step(TrackerState state, TrackerInput input)
    {
        switch (input)
        {
            case SightingInput { Sighting: var sighting }:
                var seen = Reach(state, sighting.At);
                return seen with { State = Take(seen.State, sighting) };
            case TimePassed time:
                return AdvanceTo(state, time.Now);
            case VehiclesExpected expected:
                return Identify(state with { Expected = expected.Vehicles });
            case PlateStated stated:
                var transitions = ImmutableArray.CreateBuilder<Transition>(0);
                return state.Bays.Contains(stated.Bay)
                    ? Tell(StateRule.Apply(state, stated, transitions), [stated.Bay], transitions)
                    : new TrackerStep(state, []);
            case NeighbourHeard heard:
                var told = Reach(state, heard.At);
                return told with { State = Neighbours.Hear(told.State, heard) };
            case NeighboursReachable reachable:
                var reached = Reach(state, reachable.At);
                return reached with { State = Neighbours.Reach(reached.State, reachable) };
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "An unknown kind of input.");
        }
    }

    /// <summary>Lets time pass, stopping at every deadline on the way, so that each decision is made at its own time.</summary>
    /// <remarks>A time before the tracker's own changes nothing: a late report never turns time back.</remarks>
    public static TrackerStep AdvanceTo(TrackerState state, ObservedAt now) => Advance(state, now, isOver: true);

    /// <summary>Lets time pass up to an instant of which more may come: what is due at that very instant stays due.</summary>
    internal static TrackerStep Reach(TrackerState state, ObservedAt now) => Advance(state, now, isOver: false);

    /// <summary>Why a bay is taken to be as it is at present.</summary>
    /// <exception cref="ArgumentException">There is no such bay.</exception>
    public static Explanation Explain(TrackerState state, string bay) =>
        state.Bays.Contains(bay) ? Why.Of(state, bay) : throw new ArgumentException($"There is no bay '{bay}' here.", nameof(bay));

    /// <summary>Why a person's word for the plate of a visit would not be taken; null when it would.</summary>
    public static PlateProblem? ProblemWith(TrackerState state, PlateStated stated) => StateRule.ProblemWith(state, stated);

    /// <param name="isOver">Whether nothing more of that very instant will come.</param>
    private static TrackerStep Advance(TrackerState state, ObservedAt now, bool isOver)
    {
        ImmutableArray<Transition> transitions = [];
        while (state.NextDeadline is { } deadline && (deadline.Monotonic < now.Monotonic || (isOver && deadline.Monotonic == now.Monotonic)))
        {
            // By the wall clock of now: a deadline is computed from a sighting, and the clock may have been set since.
            var due = now - (now - ObservedAt.Later(state.Now, deadline));
            var step = Decide(state with { Now = due, Pending = [] }, state.Pending, deadline);
            state = step.State;
            transitions = transitions.IsEmpty ? step.Transitions : transitions.AddRange(step.Transitions);
        }

        return new TrackerStep(state.Now.Monotonic >= now.Monotonic ? state : state with { Now = now }, transitions);
    }

    private static TrackerState Take(TrackerState state, Sighting sighting)
    {
        var sources = state.Sources;
        state = SourceStates.Observe(state, sighting);
        if (!ReferenceEquals(sources, state.Sources))
        {
            foreach (var id in state.Layout.Bays)
                state = Touch(state, id, changesEverything: false);
        }

        if (state.Layout.BayOf(sighting) is not { } bay || IsTooLate(state.Bays[bay], sighting))
            return state;
        state = Noting.Observe(state, bay, sighting);
        return Touch(state, bay, sighting is not TagSighting);
    }

    // A late report from before the last departure says nothing of the next vehicle.
    private static bool IsTooLate(BayState bay, Sighting sighting) =>
        bay.Visit is null && bay.Since is { } vacantSince && sighting.At.Monotonic <= vacantSince.Monotonic;

    /// <summary>Sees to it that what was just noted is decided on, or that the silence is counted from now.</summary>
    internal static TrackerState Touch(TrackerState state, string bayId, bool changesEverything)
    {
        if (state.Bays.Find(bayId) is not { } bay)
            return state;
        // A look that is due before the silence can mean anything is as good as one that begins with this sighting.
        var isSoon = bay.Due is { } waiting && waiting - state.Now <= LeaveRule.FirstLook;
        var due = changesEverything || bay.Visit is { HasNews: true } ? state.Now : bay.Visit is null || isSoon ? bay.Due : LeaveRule.Deadline(state, bay);
        if (due != bay.Due)
            state = state.With(bay with { Due = due });
        return Schedule(state, []);
    }

    // Departures come first, everywhere: a vehicle is in one bay only.
    private static TrackerStep Decide(TrackerState state, ImmutableArray<Heard> pending, ObservedAt deadline)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>(0);
        var bays = DueBy(state, deadline);
        foreach (var id in bays)
            state = LeaveRule.Apply(EnterRule.Succeed(state, id, transitions), id, transitions);

        foreach (var id in state.Layout.Bays)
        {
            var heard = TagsIn(id, pending);
            if (heard.IsEmpty && !bays.Contains(id))
            {
                if (transitions.Count > 0)
                    state = IdentifyRule.Apply(state, id, [], expectedChanged: false, transitions);
                continue;
            }

            if (state.Bays[id].Visit is null || !heard.IsEmpty)
                state = EnterRule.Apply(state, id, heard, transitions);
            state = IdentifyRule.Apply(state, id, heard, expectedChanged: false, transitions);
            state = Neighbours.Yield(state, id, transitions);
        }

        return Tell(state, bays, transitions);
    }

    // Where something was told, a name that another bay's vehicle had may be free.
    private static TrackerStep Tell(TrackerState state, ImmutableArray<string> bays, ImmutableArray<Transition>.Builder transitions)
    {
        if (transitions.Count > 0)
            (state, bays) = (IdentifyRule.Reconsider(state), state.Layout.Bays);
        return new TrackerStep(Schedule(state, bays), transitions.DrainToImmutable());
    }

    private static ImmutableArray<string> DueBy(TrackerState state, ObservedAt deadline)
    {
        ImmutableArray<string> bays = [];
        foreach (var id in state.Layout.Bays)
        {
            if (state.Bays[id].Due is { } due && due.Monotonic <= deadline.Monotonic)
                bays = bays.Add(id);
        }

        return bays;
    }

    private static ImmutableArray<string> TagsIn(string bay, ImmutableArray<Heard> pending)
    {
        ImmutableArray<string> tags = [];
        foreach (var heard in pending)
        {
            if (heard.Bay == bay)
                tags = tags.Add(heard.Tag);
        }

        return tags.Length > 1 ? tags.Sort(StringComparer.Ordinal) : tags;
    }

    private static TrackerStep Identify(TrackerState state)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>(0);
        foreach (var bay in state.Layout.Bays)
            state = IdentifyRule.Apply(state, bay, [], expectedChanged: true, transitions);
        return Tell(state, [], transitions);
    }

    /// <summary>Works out anew when some bays want to be looked at.</summary>
    internal static TrackerState Schedule(TrackerState state, ImmutableArray<string> bays)
    {
        foreach (var id in bays)
        {
            var bay = state.Bays[id];
            var due = bay.Visit is { HasNews: true } ? state.Now : LeaveRule.Deadline(state, bay);
            if (due != bay.Due)
                state = state.With(bay with { Due = due });
        }

        ObservedAt? next = state.Pending.IsEmpty ? null : state.Now;
        foreach (var id in state.Layout.Bays)
        {
            if (state.Bays[id].Due is { } due && (next is null || due.Monotonic < next.Value.Monotonic))
                next = due;
        }

        return next == state.NextDeadline ? state : state with { NextDeadline = next };
    }
}

/// <summary>What one step led to.</summary>
public readonly record struct TrackerStep(TrackerState State, ImmutableArray<Transition> Transitions);
