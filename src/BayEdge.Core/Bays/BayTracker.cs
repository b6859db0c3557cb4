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
    public static TrackerStep Step(TrackerState state, TrackerInput input) => input switch
    {
        SightingInput sighting => Reach(state, sighting.Sighting.At).Then(advanced => Take(advanced, sighting.Sighting)),
        TimePassed time => AdvanceTo(state, time.Now),
        VehiclesExpected expected => Identify(state with { Expected = expected.Vehicles }),
        NeighbourHeard heard => Reach(state, heard.At).Then(advanced => Neighbours.Hear(advanced, heard)),
        NeighboursReachable reachable => Reach(state, reachable.At).Then(advanced => Neighbours.Reach(advanced, reachable)),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "An unknown kind of input."),
    };

    /// <summary>Lets time pass, stopping at every deadline on the way, so that each decision is made at its own time.</summary>
    /// <remarks>A time before the tracker's own changes nothing: a late report never turns time back.</remarks>
    public static TrackerStep AdvanceTo(TrackerState state, ObservedAt now) => Advance(state, now, isOver: true);

    /// <summary>Lets time pass up to an instant of which more may come: what is due at that very instant stays due.</summary>
    internal static TrackerStep Reach(TrackerState state, ObservedAt now) => Advance(state, now, isOver: false);

    /// <summary>Why a bay is taken to be as it is at present.</summary>
    /// <exception cref="ArgumentException">There is no such bay.</exception>
    public static Explanation Explain(TrackerState state, string bay) =>
        state.Bays.ContainsKey(bay) ? Why.Of(state, bay) : throw new ArgumentException($"There is no bay '{bay}' here.", nameof(bay));

    /// <param name="isOver">Whether nothing more of that very instant will come.</param>
    private static TrackerStep Advance(TrackerState state, ObservedAt now, bool isOver)
    {
        var step = new TrackerStep(state, []);
        while (step.State.NextDeadline is { } deadline && (deadline.Monotonic < now.Monotonic || (isOver && deadline.Monotonic == now.Monotonic)))
        {
            // By the wall clock of now: a deadline is computed from a sighting, and the clock may have been set since.
            step = step.Then(due => Decide(due with { Now = now - (now - ObservedAt.Later(due.Now, deadline)) }, deadline));
        }

        return step with { State = step.State with { Now = ObservedAt.Later(step.State.Now, now) } };
    }

    private static TrackerStep Take(TrackerState state, Sighting sighting)
    {
        var sources = state.Sources;
        state = SourceStates.Observe(state, sighting);
        if (!ReferenceEquals(sources, state.Sources))
            state = state.Layout.Bays.Aggregate(state, (touched, id) => Touch(touched, id, changesEverything: false));
        if (state.Layout.BayOf(sighting) is not { } bay || IsTooLate(state.Bays[bay], sighting))
            return new TrackerStep(state, []);

        state = Noting.Observe(state, bay, sighting);
        return new TrackerStep(Touch(state, bay, sighting is not TagSighting), []);
    }

    // A late report from before the last departure says nothing of the next vehicle.
    private static bool IsTooLate(BayState bay, Sighting sighting) =>
        bay.Visit is null && bay.Since is { } vacantSince && sighting.At.Monotonic <= vacantSince.Monotonic;

    /// <summary>Sees to it that what was just noted is decided on, or that the silence is counted from now.</summary>
    internal static TrackerState Touch(TrackerState state, string bayId, bool changesEverything)
    {
        if (!state.Bays.TryGetValue(bayId, out var bay))
            return Schedule(state, []);
        var isUndecided = bay.Due is { } waiting && waiting.Monotonic <= state.Now.Monotonic;
        var due = changesEverything || bay.Visit is { HasNews: true } ? state.Now : bay.Visit is null || isUndecided ? bay.Due : LeaveRule.Deadline(state, bay);
        if (due != bay.Due)
            state = state.With(bay with { Due = due });
        return Schedule(state, []);
    }

    // Departures come first, everywhere: a vehicle is in one bay only.
    private static TrackerStep Decide(TrackerState state, ObservedAt deadline)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>(0);
        var pending = state.Pending;
        state = state with { Pending = [] };
        ImmutableArray<string> bays = [.. state.Layout.Bays.Where(id => state.Bays[id].Due is { } due && due.Monotonic <= deadline.Monotonic)];
        foreach (var id in bays)
            state = LeaveRule.Apply(state, id, transitions);

        foreach (var id in state.Layout.Bays)
        {
            var heard = pending.IsEmpty ? [] : pending.Where(heard => heard.Bay == id).Select(heard => heard.Tag).Order(StringComparer.Ordinal).ToList();
            if (heard.Count == 0 && !bays.Contains(id))
            {
                if (transitions.Count > 0)
                    state = IdentifyRule.Apply(state, id, [], expectedChanged: false, transitions);
                continue;
            }

            if (state.Bays[id].Visit is null || heard.Count > 0)
                state = EnterRule.Apply(state, id, heard, transitions);
            state = IdentifyRule.Apply(state, id, heard, expectedChanged: false, transitions);
            state = Neighbours.Yield(state, id, transitions);
        }

        return new TrackerStep(Schedule(state, transitions.Count > 0 ? state.Layout.Bays : bays), transitions.DrainToImmutable());
    }

    private static TrackerStep Identify(TrackerState state)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>(0);
        foreach (var bay in state.Layout.Bays)
            state = IdentifyRule.Apply(state, bay, [], expectedChanged: true, transitions);
        return new TrackerStep(state, transitions.DrainToImmutable());
    }

    /// <summary>Works out anew when some bays want to be looked at.</summary>
    internal static TrackerState Schedule(TrackerState state, ImmutableArray<string> bays)
    {
        foreach (var id in bays)
        {
            var bay = state.Bays[id];
            var due = LeaveRule.Deadline(state, bay);
            if (due != bay.Due)
                state = state.With(bay with { Due = due });
        }

        ObservedAt? next = state.Pending.IsEmpty ? null : state.Now;
        foreach (var id in state.Layout.Bays)
        {
            if (state.Bays[id].Due is { } due && (next is null || due.Monotonic < next.Value.Monotonic))
                next = due;
        }

        return state with { NextDeadline = next };
    }
}

/// <summary>What one step led to.</summary>
public readonly record struct TrackerStep(TrackerState State, ImmutableArray<Transition> Transitions)
{
    internal TrackerStep Then(Func<TrackerState, TrackerStep> next)
    {
        var after = next(State);
        return Transitions.IsEmpty ? after : new TrackerStep(after.State, Transitions.AddRange(after.Transitions));
    }
}
