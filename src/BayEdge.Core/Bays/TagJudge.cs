using BayEdge.Core.Bays.Signs;

namespace BayEdge.Core.Bays;

/// <summary>How likely it is that a tag stands in a bay, rather than passes it or stands in another.</summary>
/// <remarks>Every rival is weighed apart; the likeliest of them decides.</remarks>
internal static class TagJudge
{
    // A workshop's bays see more tags pass than come.
    private const double PriorNats = -1.5;
    private const double MostDwellNats = 12;
    private const double MostLevelNats = 3.5;
    public const double MostPairNats = 8;
    private const double MostRateNats = 2;

    // Assumed: how one place is heard by two antennas that look at it one after the other; how a standing tag's level wanders.
    private const double SameSpreadDb = 5;
    private const double SteadySpreadDb = 4;
    private const double MostLouderDb = 6;
    private const double MostExchangeNats = 3;
    private const double MostReturnNats = 5;

    // Assumed: what a vehicle in the aisle loses, and how much that varies.
    private const double AisleLossDb = 11;
    private const double AisleSpreadDb = 6.5;

    // Assumed: nine in ten roll past within seconds, the others stop before the bay.
    private const double RollingShare = 0.85;
    private const double RollingSeconds = 3;
    private const double StoppingSeconds = 25;

    private const double TakenNats = 5;

    private static readonly TimeSpan StillTaken = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(30);

    /// <summary>What speaks for the bay against its likeliest rival.</summary>
    /// <param name="Nats">For the bay.</param>
    /// <param name="Rival">The other bay; null when the rival is that the vehicle only passes.</param>
    /// <param name="Passing">For the bay, against passing.</param>
    internal readonly record struct Verdict(double Nats, string? Rival, double Passing);

    /// <param name="surroundings">What else speaks for a vehicle in the bay, in nats.</param>
    /// <param name="least">Below this it does not matter which rival is the likeliest: the first that suffices is taken.</param>
    public static Verdict Judge(TrackerState state, BayState bay, HeardTag heard, Hearing here, double surroundings, double least) =>
        Judge(state, bay, heard, here, surroundings, least, needsPlace: true);

    /// <summary>Whether it is on the vehicle that stands in the bay, rather than passing or on one in another bay.</summary>
    /// <param name="isFirst">Whether no other tag of the vehicle is known.</param>
    public static Verdict JudgeJoining(TrackerState state, BayState bay, HeardTag heard, Hearing here, bool isFirst) =>
        Judge(state, bay, heard, here, 0, double.NegativeInfinity, needsPlace: isFirst);

    /// <param name="needsPlace">Somewhere a tagged vehicle must be, and where another stands it is not; a further tag of one may be on any of them.</param>
    private static Verdict Judge(TrackerState state, BayState bay, HeardTag heard, Hearing here, double surroundings, double least, bool needsPlace)
    {
        var passing = OfPassing(bay, here) + surroundings;
        var verdict = new Verdict(passing, null, passing);
        var wanted = state.Options.BayNats * (needsPlace ? Math.Exp(-here.Length / state.Options.BayPatience) : 1);
        foreach (var there in heard.Places)
        {
            if (verdict.Nats < least)
                return verdict;
            if (ReferenceEquals(there, here) || here.LastAt - there.LastAt > Together)
                continue;
            var other = state.Bays.Find(there.Bay);
            var nats = OfPair(bay, here, other, there) + surroundings - (other is null ? 0 : Surroundings.LogOddsOfOccupied(state, other)) - wanted + state.Options.EnterNats;
            if (nats < least - TakenNats)
                return new Verdict(nats, there.Bay, passing);
            if (nats < verdict.Nats && (other is null || !needsPlace || (nats += OfTaken(state, other, bay, heard.VisitIn)) < verdict.Nats))
                verdict = new Verdict(nats, there.Bay, passing);
        }

        return Neighbours.AgainstHolder(state, bay, heard, here, verdict);
    }

    /// <summary>Against passing, from how long and how strongly the tag is heard.</summary>
    public static double OfPassing(BayState bay, Hearing here)
    {
        var seconds = here.Length.TotalSeconds;
        var stillPassing = (RollingShare * Math.Exp(-seconds / RollingSeconds)) + ((1 - RollingShare) * Math.Exp(-seconds / StoppingSeconds));
        return PriorNats + Math.Min(MostDwellNats, -Math.Log(stillPassing)) + OfLevel(bay, here);
    }

    /// <summary>Whether a tag that is heard much as the bay's own vehicles are heard in it, in nats.</summary>
    public static double OfLevel(BayState bay, Hearing here)
    {
        if (here.MeanDbm is not { } mean)
            return 0;
        var own = bay.Habits.Own;
        // Stronger than usual is no reason to doubt.
        var level = Math.Min(mean, own.MeanDb);
        return LogOdds.Limit(LogOdds.OfNormals(level, own.MeanDb, own.SpreadDb, own.MeanDb - AisleLossDb, Math.Max(own.SpreadDb, AisleSpreadDb)), MostLevelNats);
    }

    /// <summary>For the bay against the likeliest of the others that hear the tag now.</summary>
    public static double AheadOfAll(TrackerState state, BayState bay, HeardTag heard, Hearing here)
    {
        var least = MostPairNats;
        foreach (var there in heard.Places)
        {
            if (there.Bay != bay.Bay && state.Now - there.LastAt <= Together)
                least = Math.Min(least, OfPair(bay, here, state.Bays.Find(there.Bay), there));
        }

        return least;
    }

    /// <summary>For the one bay against the other, when the tag is heard in both at the same time.</summary>
    /// <param name="other">Null when it belongs to another device.</param>
    public static double OfPair(BayState bay, Hearing here, BayState? other, Hearing there)
    {
        var rates = LogOdds.Limit(Math.Log((1 + here.Reads) / (1 + here.Length.TotalSeconds) / ((1 + there.Reads) / (1 + there.Length.TotalSeconds))), MostRateNats);
        if (here.MeanDbm is not { } mine || there.MeanDbm is not { } theirs)
            return rates;
        var (ahead, behind) = (bay.Habits.AheadOf(there.Bay), BehindOf(bay, other, there.Bay));
        return LogOdds.Limit(rates + LogOdds.OfNormals(mine - theirs, ahead.MeanDb, ahead.SpreadDb, -behind.MeanDb, behind.SpreadDb), MostPairNats);
    }

    /// <summary>For the one bay against the other as both usually hear the tag, whatever hides it at present.</summary>
    public static double OfUsualPair(TrackerState state, BayState bay, Hearing here, Hearing there)
    {
        if (here.UsualDbm is not { } mine || there.UsualDbm is not { } theirs)
            return OfPair(bay, here, state.Bays.Find(there.Bay), there);
        var (ahead, behind) = (bay.Habits.AheadOf(there.Bay), BehindOf(state, bay, there.Bay));
        return LogOdds.Limit(LogOdds.OfNormals(mine - theirs, ahead.MeanDb, ahead.SpreadDb, -behind.MeanDb, behind.SpreadDb), MostPairNats);
    }

    /// <summary>For one bay now against another that has fallen silent.</summary>
    /// <remarks>
    /// A shadow makes its own bay hear it more weakly, never another more loudly. So what counts is how the new bay hears it beside
    /// how the old one usually did, and beside how it usually did itself.
    /// </remarks>
    public static double OfMove(TrackerState state, BayState bay, Hearing here, Hearing before)
    {
        if (here.MeanDbm is not { } mine || before.UsualDbm is not { } theirs)
            return 0;
        var behind = BehindOf(state, bay, before.Bay);
        var level = LogOdds.OfNormals(Math.Min(mine - theirs, MostLouderDb), 0, SameSpreadDb, -behind.MeanDb, behind.SpreadDb);
        return LogOdds.Limit(level + OfRise(state, bay, here, before.Bay), MostPairNats);
    }

    /// <summary>For one bay now against another that hears the tag still, as a neighbour would.</summary>
    /// <remarks>That the old bay hears it more weakly, and so more weakly than the new one, is what a shadow does, too: one sign, not two.</remarks>
    public static double OfExchange(TrackerState state, BayState bay, Hearing here, BayState other, Hearing there) =>
        OfRise(state, bay, here, other.Bay)
        + LogOdds.Limit(OfFall(state, other, bay, there) + OfPair(bay, here, other, there), MostExchangeNats);

    /// <summary>For a bay that hears the tag as it did while its vehicle stood there, against hearing it across from the other.</summary>
    /// <param name="usualDbm">How it was heard then.</param>
    public static double OfReturn(TrackerState state, BayState bay, Hearing here, double usualDbm, BayState other, Hearing there)
    {
        if (here.MeanDbm is not { } mine)
            return 0;
        var behind = BehindOf(state, bay, other.Bay);
        var below = Math.Clamp(usualDbm - mine, 0, Math.Max(0, behind.MeanDb));
        return LogOdds.Limit(OfPair(bay, here, other, there), MostReturnNats)
            + LogOdds.Limit(LogOdds.OfNormals(below, 0, SameSpreadDb, behind.MeanDb, behind.SpreadDb), MostReturnNats);
    }

    /// <summary>The same against another device's bay, of which only this one's side is known.</summary>
    public static double OfExchange(TrackerState state, BayState bay, Hearing here, Hearing there) =>
        OfRise(state, bay, here, there.Bay) + LogOdds.Limit(OfFall(bay, there) + OfPair(bay, here, null, there), MostExchangeNats);

    /// <summary>That a bay hears a tag better than it did, by as much as one that comes from <paramref name="other"/> into it.</summary>
    public static double OfRise(TrackerState state, BayState bay, Hearing here, string other)
    {
        if (here.MeanDbm is not { } mine)
            return 0;
        var usual = Math.Max(here.UsualDbm ?? Hearing.BarelyHeardDbm, Hearing.BarelyHeardDbm);
        var behind = BehindOf(state, bay, other);
        return LogOdds.OfNormals(Math.Min(mine - usual, behind.MeanDb), behind.MeanDb, SameSpreadDb + 1, 0, SteadySpreadDb);
    }

    /// <summary>That a bay hears the tag so much more weakly than usual, when that would stand in another bay now.</summary>
    public static double OfFall(TrackerState state, BayState bay, BayState other, Hearing here) =>
        OfFall(BehindOf(state, other, bay.Bay), here);

    /// <summary>The same of another device's bay, when the tag would stand in this one now.</summary>
    public static double OfFall(BayState bay, Hearing there) => OfFall(bay.Habits.AheadOf(there.Bay), there);

    /// <summary>The same of this device's bay, when the tag would stand in another device's now.</summary>
    public static double OfOwnFall(BayState bay, Hearing here, Hearing there) => OfFall(bay.Habits.AheadOf(there.Bay), here);

    private static double OfFall(Strength ahead, Hearing here)
    {
        if (here.MeanDbm is not { } now || here.UsualDbm is not { } usual)
            return 0;
        return LogOdds.Limit(LogOdds.OfNormals(Math.Min(usual - now, ahead.MeanDb), ahead.MeanDb, ahead.SpreadDb, 0, SameSpreadDb), MostPairNats);
    }

    // By how much the other bay is ahead of this one with its own vehicles. Of another device's bay that is not known.
    private static Strength BehindOf(TrackerState state, BayState bay, string other) => BehindOf(bay, state.Bays.Find(other), other);

    private static Strength BehindOf(BayState bay, BayState? known, string other) => known is null ? bay.Habits.AheadOf(other) : known.Habits.AheadOf(bay.Bay);

    /// <summary>Against a bay's being free for another vehicle, in nats: a bay holds one, so as surely as that one stands in it.</summary>
    /// <param name="other">Where that one would stand if the two had been taken for each other.</param>
    public static double OfTaken(TrackerState state, BayState bay, BayState other, string? ownVisit)
    {
        if (bay.Bay == ownVisit || bay.Visit is not { } visit || state.Now - visit.LastSign >= StillTaken)
            return 0;
        if (visit.WasSeen)
            return TakenNats;
        var nats = TakenNats;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag) is { } heard && heard.In(bay.Bay) is { } here && heard.In(other.Bay) is { } there && here.LastAt - there.LastAt <= Together)
                nats = Math.Min(nats, OfPair(bay, here, other, there));
        }

        return Math.Max(0, nats);
    }

    /// <summary>What speaks for a visit's vehicle being in its bay rather than in another that hears it now, in nats.</summary>
    public static double HolderNats(TrackerState state, BayState bay, Visit visit)
    {
        var most = -MostPairNats;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag) is { } heard && heard.In(bay.Bay) is { } here)
                most = Math.Max(most, AheadOfAll(state, bay, heard, here));
        }

        return most;
    }
}
