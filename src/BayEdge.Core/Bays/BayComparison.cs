using BayEdge.Core.Sightings;

namespace BayEdge.Core.Bays;

/// <summary>Settles which of several bays that see the same tag or plate has its vehicle.</summary>
internal static class BayComparison
{
    /// <summary>Whether no other bay hears the tag about as well or better, or has it in its visit.</summary>
    public static bool IsStrongest(TrackerState state, string bay, string tag)
    {
        var mine = state.Bays[bay].Tags[tag];
        foreach (var other in state.Layout.Bays)
        {
            if (other == bay)
                continue;
            var there = state.Bays[other];
            if (Holds(there, tag) || (there.Tags.TryGetValue(tag, out var theirs) && IsFresh(state, theirs) && !Beats(state.Options, mine, theirs)))
                return false;
        }

        return true;
    }

    /// <summary>Whether another bay, since this track began, has heard the tag so well that the vehicle must be there.</summary>
    public static bool IsElsewhere(TrackerState state, string bay, string tag, TagTrack mine)
    {
        foreach (var other in state.Layout.Bays)
        {
            if (other == bay || !state.Bays[other].Tags.TryGetValue(tag, out var theirs) || theirs.LastAt.Monotonic < mine.FirstAt.Monotonic)
                continue;
            if (Holds(state.Bays[other], tag) ? !Beats(state.Options, mine, theirs) : IsFresh(state, theirs) && Beats(state.Options, theirs, mine))
                return true;
        }

        return false;
    }

    /// <summary>Whether one bay's track takes the vehicle out of the visit of the bay that has the other.</summary>
    public static bool TakesOver(TrackerState state, TagTrack taker, TagTrack holder) =>
        EnterRule.IsConvincing(taker, state.Options) && Beats(state.Options, taker, holder);

    /// <summary>Whether one bay's camera takes the vehicle out of the visit of a bay where nothing is seen of it any more.</summary>
    public static bool TakesOver(TrackerState state, PlateTrack taker, Visit holder) =>
        EnterRule.IsConvincing(taker, state.Options)
        && taker.FirstAt.Monotonic > holder.Support.Monotonic
        && taker.LastAt - holder.Support >= state.Options.BayComparison;

    /// <summary>The other bays whose visit has the vehicle that was just seen.</summary>
    public static IEnumerable<string> OtherHolders(TrackerState state, string bay, Sighting sighting)
    {
        foreach (var other in state.Layout.Bays)
        {
            if (other != bay && (sighting is TagSighting tag ? Holds(state.Bays[other], tag.Tag) : sighting is PlateSighting plate && HoldsPlate(state.Bays[other], plate.Text)))
                yield return other;
        }
    }

    /// <summary>Whether another bay's visit has this plate.</summary>
    public static bool IsPlateElsewhere(TrackerState state, string bay, string plate)
    {
        foreach (var other in state.Layout.Bays)
        {
            if (other != bay && HoldsPlate(state.Bays[other], plate))
                return true;
        }

        return false;
    }

    private static bool Holds(BayState bay, string tag) => bay.Visit is { } visit && visit.Tags.Contains(tag);

    private static bool HoldsPlate(BayState bay, string plate) => bay.Visit is { } visit && visit.Plate == plate;

    private static bool IsFresh(TrackerState state, TagTrack track) => state.Now - track.LastAt <= state.Options.BayComparison;

    // Clearly stronger; or about as strong while the other has fallen silent. A weak reflection next door proves nothing
    // while somebody stands before the tag.
    private static bool Beats(TrackerOptions options, TagTrack mine, TagTrack other)
    {
        var isSilent = mine.LastAt - other.LastAt >= options.BayComparison;
        return mine.MeanRssiDbm is { } here && other.MeanRssiDbm is { } there
            ? here >= there + options.BayMarginDb || (isSilent && here >= there - options.BayMarginDb)
            : isSilent;
    }
}
