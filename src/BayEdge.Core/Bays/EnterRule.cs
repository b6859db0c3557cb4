using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Opens a visit once something speaks convincingly for a vehicle.</summary>
internal static class EnterRule
{
    /// <param name="seen">What was seen, when that alone can have changed anything; null to look at everything.</param>
    public static TrackerState Apply(TrackerState state, string bayId, Seen? seen, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not null || (seen is { Sighting: TagSighting tag } && seen.Bay == bayId && !Speaks(state, bay, tag.Tag, bay.Tags.GetValueOrDefault(tag.Tag))))
            return state;

        var signs = SignsOf(state, bay);
        if (signs.Count == 0)
            return state;

        // The loop closes before the plate is read, so a contact dates the visit also when it convinces later.
        var first = signs.Select(sign => sign.First)
            .Concat(bay.Presence.Where(track => track.Value.IsContact && IsNew(state, bay, track)).Select(track => track.Value.Since))
            .MinBy(at => at.Monotonic);
        var support = signs.MaxBy(sign => sign.Last.Monotonic).Last;
        var visit = new Visit(VisitIdOf(bayId, first), first, support, [], null, null, null);
        bay = IdentifyRule.Learn(state, bay with { Visit = visit, Since = first }, seen: null, expectedChanged: false);
        transitions.Add(new VehicleEntered(
            bayId, visit.Id, VehicleOf.Visit(bay.Visit!), first, EarliestOf(state.Bays[bayId], first, signs), first, state.Now, [.. signs.Select(sign => sign.Evidence)]));
        return state.With(bay);
    }

    /// <summary>When a contact that says "occupied" will have said so long enough.</summary>
    public static ObservedAt? Deadline(TrackerState state, BayState bay)
    {
        ObservedAt? next = null;
        foreach (var track in bay.Presence)
        {
            if (!track.Value.IsContact || !IsNew(state, bay, track))
                continue;
            var due = track.Value.Since + state.Options.EnterPresence;
            if (next is null || due.Monotonic < next.Value.Monotonic)
                next = due;
        }

        return next;
    }

    public static bool IsConvincing(TagTrack track, TrackerOptions options) =>
        track.Reads >= options.EnterReads && track.LastAt - track.FirstAt >= options.EnterDwell;

    /// <summary>Whether the tag has been read here long enough, lately, and nowhere better.</summary>
    /// <remarks>A tag that has gone silent is not let in by the mere fading of the bay that heard it better.</remarks>
    public static bool IsHere(TrackerState state, BayState bay, string tag, TagTrack track) =>
        IsConvincing(track, state.Options)
        && state.Now - track.LastAt <= state.Options.BayComparison
        && BayComparison.IsStrongest(state, bay.Bay, tag);

    public static bool IsConvincing(PlateTrack track, TrackerOptions options) => track.Readings >= options.EnterPlateReadings;

    // A contact says what holds until it says otherwise; a picture speaks of its own instant only.
    private static bool IsConvincing(TrackerState state, PresenceTrack track) => track.IsContact
        ? state.Now - track.Since >= state.Options.EnterPresence
        : track.LastAt - track.Since >= state.Options.EnterPresence && state.Now - track.LastAt < state.Options.LeaveSilence;

    private readonly record struct Sign(ObservedAt First, ObservedAt Last, TimeSpan LongestGap, Evidence Evidence);

    private static List<Sign> SignsOf(TrackerState state, BayState bay) =>
    [
        .. bay.Tags.Where(tag => Speaks(state, bay, tag.Key, tag.Value))
            .Select(tag => new Sign(tag.Value.FirstAt, tag.Value.LastAt, tag.Value.LongestGap, Describe.Tag(tag.Key, tag.Value))),
        .. bay.Plates.Where(plate => Speaks(state, bay, plate.Key, plate.Value))
            .Select(plate => new Sign(plate.Value.FirstAt, plate.Value.LastAt, plate.Value.LongestGap, Describe.Plate(plate.Key, plate.Value))),
        .. bay.Presence.Where(track => IsNew(state, bay, track) && IsConvincing(state, track.Value))
            .Select(track => new Sign(track.Value.Since, track.Value.LastAt, TimeSpan.Zero, Describe.Presence(track.Key, track.Value))),
    ];

    private static bool Speaks(TrackerState state, BayState bay, string tag, TagTrack? track) =>
        track is not null && IsNew(bay, track.FirstAt) && IsHere(state, bay, tag, track);

    private static bool Speaks(TrackerState state, BayState bay, string plate, PlateTrack track) =>
        IsConvincing(track, state.Options)
        && IsNew(bay, track.FirstAt)
        && state.Now - track.LastAt < state.Options.LeaveSilence
        && !BayComparison.IsPlateElsewhere(state, bay.Bay, plate);

    // What a contact said before its source went down may be long past.
    private static bool IsNew(TrackerState state, BayState bay, KeyValuePair<string, PresenceTrack> track) =>
        track.Value.Occupied
        && IsNew(bay, track.Value.Since)
        && state.Sources.TryGetValue(track.Key, out var source) && source.Up && track.Value.LastAt.Monotonic >= source.Since.Monotonic;

    // What spoke for the vehicle before does not speak for the next one.
    private static bool IsNew(BayState bay, ObservedAt first) => bay.Since is not { } vacantSince || first.Monotonic > vacantSince.Monotonic;

    // The vehicle may have stood there unseen for as long as it was unseen later; but not before the one before it left.
    private static ObservedAt EarliestOf(BayState vacant, ObservedAt first, List<Sign> signs)
    {
        var earliest = first - signs.Max(sign => sign.LongestGap);
        return vacant.Since is { } since ? ObservedAt.Later(since, earliest) : earliest;
    }

    private static string VisitIdOf(string bay, ObservedAt first) =>
        string.Create(CultureInfo.InvariantCulture, $"{bay}-{first.Wall.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
}
