using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Ends a visit, learns from it, and sees to it that what stays behind is not taken for the next vehicle.</summary>
internal static class Departure
{
    public const double SurelyEmptyNats = 3;

    private const int ReadsToLearnFrom = 20;
    private const double ClearLevelNats = 1.3;

    private static readonly TimeSpan StayToLearnFrom = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StillHeard = TimeSpan.FromSeconds(10);

    // Nobody repairs a vehicle in less; heard weakly and never seen, it stopped before the bay. The more vehicles have stayed for
    // longer, the more clearly one that did not must have been heard.
    private static readonly TimeSpan ShortestStay = TimeSpan.FromSeconds(100);

    // What only pictures showed, and only for so long, was somebody who walked through them.
    private static readonly TimeSpan ShortestSight = TimeSpan.FromSeconds(45);

    /// <param name="Onset">How it fell silent; null when nobody listened.</param>
    internal readonly record struct Leaving(
        ObservedAt At, ObservedAt Earliest, ObservedAt Latest, Onset? Onset, bool WasSeenEmpty, ImmutableArray<Evidence> Evidence, bool NeverWas = false)
    {
        /// <summary>What speaks for it altogether, in nats; null when it was not weighed.</summary>
        public double? Nats { get; init; }
    }

    public static TrackerState Close(TrackerState state, BayState bay, Leaving leaving, ImmutableArray<Transition>.Builder transitions)
    {
        var visit = bay.Visit!;
        var wasLeftBehind = IsHeard(state, bay, visit, leaving.At);
        var onset = wasLeftBehind || visit.Tags.IsEmpty ? null : leaving.Onset;
        var neverWas = leaving.NeverWas || OnlyStopped(state, bay, visit, leaving);
        var habits = neverWas ? bay.Habits : Learn(state, bay, visit, onset, leaving.At);
        var vacated = bay with
        {
            Visit = null,
            Former = neverWas ? null : new FormerVisit(visit, leaving.At, onset, leaving.WasSeenEmpty) { UsualDbm = UsualOf(state, bay, visit) },
            Since = leaving.At,
            Readings = bay.Readings.Since(leaving.At),
            Habits = habits,
        };
        transitions.Add(Tell(state, bay.Bay, visit, leaving, neverWas) with { WouldChange = ReopenRule.WouldReopen(state, vacated) });
        return (leaving.NeverWas ? Free(state, visit) : Release(state, bay, leaving.At)).With(vacated);
    }

    private static Transition Tell(TrackerState state, string bay, Visit visit, Leaving leaving, bool neverWas) => neverWas
        ? new VisitRetracted(
            bay, visit.Id, VehicleOf.Visit(visit), visit.EnteredAt, visit.Earliest, visit.Latest, state.Now, leaving.Evidence,
            (leaving.NeverWas ? Sentences.ElsewhereAllTheTime : visit.Tags.IsEmpty ? Sentences.OnlyInThePicture : Sentences.OnlyStopped).With())
        {
            RunnerUp = leaving.At.Monotonic > visit.EnteredAt.Monotonic ? Sentences.ShortVisit.With(("length", leaving.At - visit.EnteredAt)) : null,
        }
        : new VehicleLeft(
            bay, visit.Id, VehicleOf.Visit(visit), leaving.At, leaving.Earliest, leaving.Latest, state.Now, leaving.Evidence, visit.EnteredAt)
        {
            IsProvisional = state.AloneSince is not null,
            RunnerUp = leaving.Nats is { } nats ? Sentences.StillThere.With(("odds", Sentence.Odds(nats))) : Sentences.StillThereUnweighed.With(),
        };

    private static ImmutableSortedDictionary<string, double>? UsualOf(TrackerState state, BayState bay, Visit visit)
    {
        ImmutableSortedDictionary<string, double>? usual = null;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay)?.UsualDbm is { } level)
                usual = (usual ?? ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal)).Add(tag, level);
        }

        return usual;
    }

    private static bool OnlyStopped(TrackerState state, BayState bay, Visit visit, Leaving leaving)
    {
        if (visit.Tags.IsEmpty)
            return visit.Plate is null && leaving.Latest - visit.EnteredAt < ShortestSight;
        if (leaving.At - visit.EnteredAt >= ShortestStay)
            return false;
        if (visit.WasSeen)
            return false;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay) is { } hearing && TagJudge.OfLevel(bay, hearing) >= ClearLevelNats + Math.Log(bay.Habits.Own.Learned))
                return false;
        }

        return true;
    }

    private static bool IsHeard(TrackerState state, BayState bay, Visit visit, ObservedAt leftAt)
    {
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay) is { } hearing && hearing.LastAt - leftAt > StillHeard && state.Now - hearing.LastAt < StillHeard)
                return true;
        }

        return false;
    }

    private static BayHabits Learn(TrackerState state, BayState bay, Visit visit, Onset? onset, ObservedAt leftAt)
    {
        var habits = onset is { } began ? bay.Habits with { Silences = bay.Habits.Silences.WithDeparture(began) } : bay.Habits;
        if (leftAt - visit.EnteredAt < StayToLearnFrom)
            return habits;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag) is not { } heard || heard.In(bay.Bay) is not { MeanDbm: { } own, Reads: >= ReadsToLearnFrom })
                continue;
            habits = habits with { Own = habits.Own.With(own) };
            foreach (var there in heard.Places)
            {
                if (there.Bay != bay.Bay && there is { MeanDbm: { } other, Reads: >= ReadsToLearnFrom } && there.FirstAt.Monotonic < leftAt.Monotonic)
                    habits = habits with { Ahead = habits.Ahead.SetItem(there.Bay, habits.AheadOf(there.Bay).With(own - other)) };
            }
        }

        return habits;
    }

    // Its tags are heard on and may be placed where they belong.
    private static TrackerState Free(TrackerState state, Visit visit)
    {
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag) is { } heard)
                state = state.With(tag, heard with { VisitIn = null });
        }

        return state;
    }

    // What was heard before the departure and still is, a toolbox or a tag that fell off, is not the next vehicle.
    private static TrackerState Release(TrackerState state, BayState bay, ObservedAt leftAt)
    {
        var tags = state.Tags;
        foreach (var (tag, heard) in state.Tags)
        {
            var here = heard.In(bay.Bay);
            var isVisitor = heard.VisitIn == bay.Bay;
            if (here is null)
            {
                // A departure that was taken back may hold tags that were forgotten meanwhile.
                if (isVisitor)
                    tags = tags.With(tag, heard with { VisitIn = null });
                continue;
            }

            if (!isVisitor && here.FirstAt.Monotonic > leftAt.Monotonic)
                continue;
            var stays = here.LastAt - leftAt > StillHeard && state.Now - here.LastAt < StillHeard;
            tags = tags.With(tag, heard with
            {
                Places = stays ? heard.Places : heard.Places.Remove(here),
                VisitIn = isVisitor ? null : heard.VisitIn,
                LeftBehindIn = stays && (isVisitor || heard.VisitIn is null) ? bay.Bay : heard.LeftBehindIn,
            });
        }

        return state with { Tags = tags };
    }
}
