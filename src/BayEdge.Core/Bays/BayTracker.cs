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
    public static TrackerStep Step(TrackerState state, TrackerInput input) => input switch
    {
        SightingInput sighting => AdvanceTo(state, sighting.Sighting.At).Then(advanced => Take(advanced, sighting.Sighting)),
        TimePassed time => AdvanceTo(state, time.Now),
        VehiclesExpected expected => Identify(state with { Expected = expected.Vehicles }),
        NeighbourHeard heard => AdvanceTo(state, heard.At),
        NeighboursReachable reachable => AdvanceTo(state, reachable.At),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "An unknown kind of input."),
    };

    /// <summary>Lets time pass, stopping at every deadline on the way, so that each decision is made at its own time.</summary>
    /// <remarks>A time before the tracker's own changes nothing: a late report never turns time back.</remarks>
    public static TrackerStep AdvanceTo(TrackerState state, ObservedAt now)
    {
        var step = new TrackerStep(state, []);
        while (step.State.NextDeadline is { } deadline && deadline.Monotonic <= now.Monotonic)
        {
            // By the wall clock of now: a deadline is computed from a sighting, and the clock may have been set since.
            step = step.Then(due => Decide(due with { Now = now - (now - ObservedAt.Later(due.Now, deadline)) }, DueBays(due, deadline), null));
        }

        return step with { State = step.State with { Now = ObservedAt.Later(step.State.Now, now) } };
    }

    private static TrackerStep Take(TrackerState state, Sighting sighting)
    {
        var sources = state.Sources;
        state = SourceStates.Observe(state, sighting);
        if (!ReferenceEquals(sources, state.Sources))
            state = Schedule(state, state.Layout.Bays);
        if (state.Layout.BayOf(sighting) is not { } bay)
            return new TrackerStep(state, []);

        state = state.With(Tracking.Observe(state, state.Bays[bay], sighting));
        return Decide(state, [bay, .. BayComparison.OtherHolders(state, bay, sighting)], new Seen(bay, sighting));
    }

    // Departures come first, everywhere: a vehicle is in one bay only.
    private static TrackerStep Decide(TrackerState state, ImmutableArray<string> bays, Seen? seen)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>(0);
        foreach (var bay in bays)
            state = LeaveRule.Apply(state, bay, seen, transitions);

        // Who left may have been all that kept a vehicle from being seen in another bay.
        if (transitions.Count > 0)
            (bays, seen) = (state.Layout.Bays, null);
        foreach (var bay in bays)
        {
            state = EnterRule.Apply(state, bay, seen, transitions);
            state = IdentifyRule.Apply(state, bay, seen, expectedChanged: false, transitions);
        }

        return new TrackerStep(Schedule(state, bays), transitions.DrainToImmutable());
    }

    private static TrackerStep Identify(TrackerState state)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>(0);
        foreach (var bay in state.Layout.Bays)
            state = IdentifyRule.Apply(state, bay, seen: null, expectedChanged: true, transitions);
        return new TrackerStep(state, transitions.DrainToImmutable());
    }

    private static ImmutableArray<string> DueBays(TrackerState state, ObservedAt now) =>
        [.. state.Layout.Bays.Where(bay => state.Bays[bay].Due is { } due && due.Monotonic <= now.Monotonic)];

    /// <summary>Works out anew when some bays want to be looked at.</summary>
    internal static TrackerState Schedule(TrackerState state, ImmutableArray<string> bays)
    {
        foreach (var id in bays)
        {
            var bay = state.Bays[id];
            var due = bay.Visit is null ? EnterRule.Deadline(state, bay) : LeaveRule.Deadline(state, bay);
            if (due != bay.Due)
                state = state.With(bay with { Due = due });
        }

        ObservedAt? next = null;
        foreach (var id in state.Layout.Bays)
        {
            if (state.Bays[id].Due is { } due && (next is null || due.Monotonic < next.Value.Monotonic))
                next = due;
        }

        return state with { NextDeadline = next };
    }
}

/// <summary>A sighting and the bay that it speaks of.</summary>
internal sealed record Seen(string Bay, Sighting Sighting);

/// <summary>What one step led to.</summary>
public readonly record struct TrackerStep(TrackerState State, ImmutableArray<Transition> Transitions)
{
    internal TrackerStep Then(Func<TrackerState, TrackerStep> next)
    {
        var after = next(State);
        return Transitions.IsEmpty ? after : new TrackerStep(after.State, Transitions.AddRange(after.Transitions));
    }
}
