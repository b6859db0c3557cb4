namespace BayEdge.Core.Bays;

/// <summary>Settles which of several bays that hear the same tag has it.</summary>
internal static class BayComparison
{
    /// <summary>Whether no other bay hears the tag about as well or better, and none holds it in a visit it is not clearly stronger than.</summary>
    public static bool IsStrongest(TrackerState state, string bay, string tag)
    {
        var mine = state.Bays[bay].Tags[tag];
        return Others(state, bay, tag).All(other => Beats(state.Options, mine, other));
    }

    /// <summary>The bay that has clearly taken a tag over from the visit here; null when none has.</summary>
    public static string? TakenOverBy(TrackerState state, string bay, string tag)
    {
        var mine = state.Bays[bay].Tags[tag];
        return state.Layout.Bays.FirstOrDefault(other =>
            other != bay
            && state.Bays[other].Tags.TryGetValue(tag, out var theirs)
            && IsFresh(state, theirs)
            && EnterRule.IsConvincing(theirs, state.Options)
            && (theirs.LastAt - mine.LastStrongAt >= state.Options.EnterDwell)
            && Beats(state.Options, theirs, mine));
    }

    private static IEnumerable<TagTrack> Others(TrackerState state, string bay, string tag)
    {
        foreach (var other in state.Layout.Bays)
        {
            if (other != bay && state.Bays[other].Tags.TryGetValue(tag, out var track)
                && (IsFresh(state, track) || state.Bays[other].Visit?.Tags.Contains(tag) == true))
            {
                yield return track;
            }
        }
    }

    private static bool IsFresh(TrackerState state, TagTrack track) => state.Now - track.LastAt <= state.Options.BayComparison;

    private static bool Beats(TrackerOptions options, TagTrack mine, TagTrack other) =>
        mine.MeanRssiDbm is { } strong && other.MeanRssiDbm is { } weak
            ? strong >= weak + options.BayMarginDb
            : mine.LastAt - other.LastAt >= options.BayComparison;
}
