using System.Collections.Immutable;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Bays;

/// <summary>Takes a person's word for the plate of a visit: whoever stands before the vehicle reads better than any camera.</summary>
internal static class StateRule
{
    public static TrackerState Apply(TrackerState state, PlateStated stated, ImmutableArray<Transition>.Builder transitions)
    {
        if (ProblemWith(state, stated) is not null)
            return state;
        var bay = state.Bays[stated.Bay];
        if (bay.Visit is { } visit && visit.Id == stated.VisitId)
        {
            state = state.With(bay with { Visit = visit with { Stated = stated.Plate, HasNews = true } });
            return IdentifyRule.Apply(state, bay.Bay, [], expectedChanged: false, transitions);
        }

        var former = bay.Former!;
        var told = former.Visit;
        var after = told with { Stated = stated.Plate, Plate = stated.Plate, PlateConfidence = null };
        after = after with { Ref = IdentifyRule.MatchOf(state, after)?.Ref };
        state = state.With(bay with { Former = former with { Visit = after } });
        if (after.Plate != told.Plate || after.Ref != told.Ref)
        {
            transitions.Add(new VisitCorrected(
                bay.Bay, after.Id, VehicleOf.Visit(after), after.EnteredAt, after.Earliest, after.Latest, state.Now, [Describe.Stated(stated.Plate)],
                null, IsStillPresent: false, Sentences.AnotherVehicle.With()));
        }

        return state;
    }

    /// <summary>Why a person's word cannot be taken; null when it can.</summary>
    public static PlateProblem? ProblemWith(TrackerState state, PlateStated stated)
    {
        if (state.Bays.Find(stated.Bay) is not { } bay || (bay.Visit?.Id != stated.VisitId && bay.Former?.Visit.Id != stated.VisitId))
            return PlateProblem.NoSuchVisit;
        return bay.Visit?.Id == stated.VisitId && IdentifyRule.IsElsewhere(state, stated.Bay, other => other.Plate == stated.Plate) ? PlateProblem.Elsewhere : null;
    }
}

/// <summary>Why a person's word for a plate is not taken.</summary>
public enum PlateProblem
{
    /// <summary>Neither the bay's visit nor its last one.</summary>
    NoSuchVisit,

    /// <summary>The vehicle of that plate stands in another bay.</summary>
    Elsewhere,
}
