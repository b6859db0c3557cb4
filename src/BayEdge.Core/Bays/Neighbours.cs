using System.Collections.Immutable;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>What the other devices of the site hear: their bays take part in the contest for a tag like this device's own.</summary>
internal static class Neighbours
{
    private const double YieldNats = 2;

    private static readonly TimeSpan DwellToYield = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    // Three reports of visits, as with the signs of life.
    private static readonly TimeSpan HeldLasts = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DwellToTakeOver = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FromTheFirst = TimeSpan.FromSeconds(60);

    public static TrackerState Hear(TrackerState state, NeighbourHeard heard)
    {
        var bay = $"{heard.Device}/{heard.Bay}";
        state = Hold(heard.Count > 0 ? Noting.Hear(state, bay, heard.Tag, heard.Device, heard.At, heard.RssiDbm, heard.Count) : Noting.Tidy(state, heard.At), bay, heard);
        if (heard.Count == 0)
            return state;

        // A tag that only others hear is none of this device's business, beyond being remembered for a while.
        var visited = state.Tags.Find(heard.Tag)!.VisitIn;
        state = state with { Pending = state.Pending.Remove(new Heard(heard.Tag, bay)) };
        if (visited is not null && heard.IsVisiting && state.Bays.Find(visited) is { } own)
            state = state.With(own with { Due = state.Now });
        return BayTracker.Schedule(state, []);
    }

    public static TrackerState Reach(TrackerState state, NeighboursReachable reachable) =>
        state with { AloneSince = reachable.Reachable ? null : state.AloneSince ?? reachable.At };

    /// <summary>What is left of a verdict while another device has the tag's vehicle in a visit, though it may not hear it.</summary>
    /// <remarks>
    /// A tag that is hidden from its own antenna is heard across by others, alone. As between two bays of one device, it has moved only
    /// where it is heard about as well as it was there, or, where nothing is known of that, as the bay's own vehicles are.
    /// </remarks>
    public static TagJudge.Verdict AgainstHolder(TrackerState state, BayState bay, HeardTag heard, Hearing here, TagJudge.Verdict verdict)
    {
        if (!AreHolding(heard, state.Now, but: bay.Bay) || heard.HeldBy is not { } held)
            return verdict;
        var there = heard.In(held.Bay);
        var nats = here.Length < DwellToTakeOver ? -YieldNats : OfTakingOver(state, bay, here, there);
        var against = nats - YieldNats + state.Options.EnterNats;
        return against < verdict.Nats ? verdict with { Nats = against, Rival = held.Bay } : verdict;
    }

    private static double OfTakingOver(TrackerState state, BayState bay, Hearing here, Hearing? there)
    {
        if (there is null)
            return TagJudge.OfLevel(bay, here);
        if (here.LastAt - there.LastAt > Fresh)
            return TagJudge.OfMove(state, bay, here, there);
        if (AreUndecided(here, there, state.Now) && !HasComeOver(state, bay, here, there))
            return TagJudge.OfUsualPair(state, bay, here, there);
        return TagJudge.OfFall(bay, there) >= MoveRule.FallenNats ? TagJudge.OfExchange(state, bay, here, there) : -YieldNats;
    }

    // What hides a tag makes the one bay hear it more weakly, or no longer hides it from the other; only driving over does both at once.
    private static bool HasComeOver(TrackerState state, BayState bay, Hearing here, Hearing there) =>
        TagJudge.OfFall(bay, there) >= MoveRule.FallenNats && HasRisenIn(state, bay, here, there);

    private static bool HasGoneOver(TrackerState state, BayState bay, Hearing here, Hearing there) =>
        TagJudge.OfOwnFall(bay, here, there) >= MoveRule.FallenNats && HasRisenIn(state, bay, there, there);

    private static bool HasRisenIn(TrackerState state, BayState bay, Hearing hearing, Hearing there) => TagJudge.OfRise(state, bay, hearing, there.Bay) > 0;

    // Both have heard it ever since it came, so what hides it from the one at present says nothing.
    private static bool AreUndecided(Hearing one, Hearing other, ObservedAt now)
    {
        var (first, second) = (one.FartherSince ?? one.FirstAt, other.FartherSince ?? other.FirstAt);
        return (first - second).Duration() <= FromTheFirst && now - first <= MoveRule.UndecidedFor;
    }

    /// <summary>Whether another device lately said that it has the tag's vehicle in a visit, in another bay than this.</summary>
    public static bool AreHolding(HeardTag heard, ObservedAt now, string but) => heard.HeldBy is { } held && held.Bay != but && now - held.ToldAt <= HeldLasts;

    private static TrackerState Hold(TrackerState state, string bay, NeighbourHeard heard)
    {
        var tag = state.Tags.Find(heard.Tag) ?? HeardTag.Unheard;
        // Of two that say so at one instant it does not matter which is heard first.
        if (heard.IsVisiting && tag.HeldBy is { } held && held.ToldAt.Monotonic == heard.At.Monotonic
            && string.CompareOrdinal(held.Bay, bay) < 0)
            return state;
        if (heard.IsVisiting)
            return state.With(heard.Tag, tag with { HeldBy = new HeldElsewhere(bay, heard.At) });
        return tag.HeldBy?.Bay == bay ? state.With(heard.Tag, tag with { HeldBy = null }) : state;
    }

    /// <summary>Gives a vehicle up that another device clearly has: taken back if it was there all the time, else left.</summary>
    public static TrackerState Yield(TrackerState state, string bayId, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { WasSeen: false } visit)
            return state;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag) is not { } heard)
                continue;
            foreach (var there in heard.Places)
            {
                if (!there.IsElsewhere || there.Length < DwellToYield || state.Now - there.LastAt > Fresh || heard.In(bayId) is not { } here)
                    continue;
                if (heard.HeldBy?.Bay != there.Bay || !AreHolding(heard, state.Now, but: bayId))
                    continue;
                if (OfYielding(state, bay, visit, here, there) is not (>= YieldNats and var nats))
                    continue;
                var neverWas = (there.FirstAt - visit.EnteredAt).Duration() <= FromTheFirst || (visit.IsProvisional && there.FirstAt.Monotonic <= here.LastAt.Monotonic);
                var at = ObservedAt.Later(ObservedAt.Earlier(here.LastAt, there.FirstAt), visit.EnteredAt);
                return Departure.Close(
                    state, bay, new Departure.Leaving(at, at, state.Now, null, false, [Describe.Moved(tag, there, nats)], neverWas) { Nats = nats }, transitions);
            }
        }

        return state;
    }

    // A shadow makes the own bay hear it more weakly, never the other more loudly.
    private static double OfYielding(TrackerState state, BayState bay, Visit visit, Hearing here, Hearing there)
    {
        if (state.Now - here.LastAt > Fresh)
            return TagJudge.OfMove(state, bay, there, here);
        if (!visit.IsProvisional && AreUndecided(here, there, state.Now) && !HasGoneOver(state, bay, here, there))
            return HasComeOver(state, bay, here, there) ? -YieldNats : -TagJudge.OfUsualPair(state, bay, here, there);
        if (visit.IsProvisional || HasRisenIn(state, bay, there, there))
            return -TagJudge.OfPair(bay, here, null, there);
        return -TagJudge.OfUsualPair(state, bay, here, there) - MoveRule.SurePairNats + YieldNats;
    }
}
