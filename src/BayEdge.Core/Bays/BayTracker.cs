using System.Collections.Immutable;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Decides from sightings alone when a vehicle is in a bay.</summary>
public static class BayTracker
{
    /// <summary>Takes one input in; pure. Inputs come in the order of their time.</summary>
    public static TrackerStep Step(TrackerState state, TrackerInput input) => input switch
    {
        SightingInput sighting => Decide(Observe(AtLeast(state, sighting.Sighting.At), sighting.Sighting)),
        TimePassed time => Decide(AtLeast(state, time.Now)),
        VehiclesExpected expected => Decide(state with { Expected = expected.Vehicles }),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "An unknown kind of input."),
    };

    /// <summary>Lets time pass, stopping at every deadline on the way, so that each decision is made at its own time.</summary>
    public static TrackerStep AdvanceTo(TrackerState state, ObservedAt now)
    {
        var transitions = ImmutableArray<Transition>.Empty;
        while (state.NextDeadline is { } deadline && deadline.Monotonic <= now.Monotonic)
        {
            var step = Step(state, new TimePassed(deadline));
            transitions = transitions.AddRange(step.Transitions);
            state = step.State;
        }

        return new TrackerStep(state with { Now = ObservedAt.Later(state.Now, now) }, transitions);
    }

    // A late report never turns the tracker's time back; its own instant still dates what it saw.
    private static TrackerState AtLeast(TrackerState state, ObservedAt at) => state with { Now = ObservedAt.Later(at, state.Now) };

    private static TrackerState Observe(TrackerState state, Sighting sighting)
    {
        if (sighting is SourceSighting source)
            return Observe(state, source);

        state = MarkUp(state, sighting);
        return state.Layout.BayOf(sighting) is { } bay ? state.With(Tracking.Observe(state.Bays[bay], sighting, state.Options)) : state;
    }

    private static TrackerState Observe(TrackerState state, SourceSighting sighting)
    {
        var up = sighting.State == SourceState.Up;
        return state.Sources.TryGetValue(sighting.Source, out var known) && known.Up != up
            ? state with { Sources = state.Sources.SetItem(sighting.Source, new SourceStatus(up, sighting.At)) }
            : state;
    }

    private static TrackerState MarkUp(TrackerState state, Sighting sighting) =>
        state.Sources.TryGetValue(sighting.Source, out var known) && !known.Up
            ? state with { Sources = state.Sources.SetItem(sighting.Source, new SourceStatus(true, sighting.At)) }
            : state;

    private static TrackerStep Decide(TrackerState state)
    {
        var transitions = ImmutableArray.CreateBuilder<Transition>();
        foreach (var bay in state.Layout.Bays)
        {
            state = LeaveRule.Apply(state, bay, transitions);
            state = EnterRule.Apply(state, bay, transitions);
            state = IdentifyRule.Apply(state, bay, transitions);
        }

        return new TrackerStep(state with { NextDeadline = Deadline(state) }, transitions.ToImmutable());
    }

    private static ObservedAt? Deadline(TrackerState state)
    {
        ObservedAt? next = null;
        foreach (var bay in state.Layout.Bays)
        {
            var due = state.Bays[bay].Visit is null ? EnterRule.Deadline(state, bay) : LeaveRule.Deadline(state, bay);
            if (due is { } at && at.Monotonic > state.Now.Monotonic && (next is null || at.Monotonic < next.Value.Monotonic))
                next = at;
        }

        return next;
    }
}

/// <summary>What one step led to.</summary>
public readonly record struct TrackerStep(TrackerState State, ImmutableArray<Transition> Transitions);
