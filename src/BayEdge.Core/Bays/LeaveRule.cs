using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Closes a visit when the silence is too long to be a shadow, or the vehicle is clearly elsewhere.</summary>
internal static class LeaveRule
{
    /// <param name="seen">What was just seen, in this bay or another; null when only time has passed.</param>
    public static TrackerState Apply(TrackerState state, string bayId, Seen? seen, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { } visit)
            return state;

        var moved = seen is not null && seen.Bay != bayId ? Moved(state, bay, visit, seen) : null;
        if (moved is not null && StaysWithout(bay, visit, seen!.Sighting, moved.Value) is { } rest)
            return state.With(bay with { Visit = rest });
        if ((moved ?? Succeeded(state, bay, visit, seen) ?? FellSilent(state, bay, visit)) is not { } left)
            return state;

        transitions.Add(new VehicleLeft(
            bayId, visit.Id, VehicleOf.Visit(visit), left.At, left.Earliest, left.Latest, state.Now, [left.Evidence], visit.EnteredAt));

        // What was there together with this vehicle, a toolbox or a misread plate, is not the next one.
        return state.With(bay with
        {
            Visit = null,
            Since = left.At,
            Tags = bay.Tags.RemoveRange(bay.Tags.Where(tag => IsOver(tag.Value.FirstAt) || visit.Tags.Contains(tag.Key)).Select(tag => tag.Key)),
            Plates = bay.Plates.RemoveRange(bay.Plates.Where(plate => IsOver(plate.Value.FirstAt) || plate.Key == visit.Plate).Select(plate => plate.Key)),
        });

        bool IsOver(ObservedAt first) => first.Monotonic <= left.At.Monotonic;
    }

    /// <summary>When the silence will be long enough; null while something says "occupied" or could not speak.</summary>
    public static ObservedAt? Deadline(TrackerState state, BayState bay)
    {
        if (bay.Visit is not { } visit || IsHeldByContact(state, bay))
            return null;
        if (OpenedAt(state.Options, bay, visit) is { } opened)
            return ObservedAt.Later(opened.Value.Since, visit.Support) + state.Options.LeaveSilenceWithContact;
        return SilentSince(state, bay, visit) is { } since ? since + PatienceFor(state.Options, bay, visit) : null;
    }

    private readonly record struct Departure(ObservedAt At, ObservedAt Earliest, ObservedAt Latest, Evidence Evidence);

    private static Departure? Moved(TrackerState state, BayState bay, Visit visit, Seen seen)
    {
        if (seen.Sighting is TagSighting { Tag: var tag }
            && bay.Tags.TryGetValue(tag, out var mine)
            && state.Bays[seen.Bay].Tags.TryGetValue(tag, out var theirs)
            && BayComparison.TakesOver(state, theirs, mine))
        {
            // The means lag behind the vehicle by about as long as reads count in the comparison.
            var at = ObservedAt.Later(ObservedAt.Earlier(mine.LastAt, theirs.FirstAt), visit.EnteredAt);
            return new Departure(
                at, ObservedAt.Later(at - state.Options.BayComparison, visit.EnteredAt), state.Now, Describe.Moved(tag, theirs, seen.Bay));
        }

        return seen.Sighting is PlateSighting { Text: var plate }
            && state.Bays[seen.Bay].Plates.TryGetValue(plate, out var there)
            && BayComparison.TakesOver(state, there, visit)
                ? new Departure(visit.Support, visit.Support, there.FirstAt, Describe.Moved(plate, there, seen.Bay))
                : null;
    }

    // When two tags were taken for one vehicle and only one of them drives away, the other's stays.
    private static Visit? StaysWithout(BayState bay, Visit visit, Sighting seen, Departure moved) =>
        seen is TagSighting { Tag: var tag }
        && visit.Tags.Any(other => other != tag && bay.Tags.TryGetValue(other, out var track) && track.LastAt.Monotonic > moved.At.Monotonic)
            ? visit with { Tags = visit.Tags.Remove(tag) }
            : null;

    // With another vehicle in its place, a shadow no longer explains the silence.
    private static Departure? Succeeded(TrackerState state, BayState bay, Visit visit, Seen? seen)
    {
        if (seen?.Sighting is not TagSighting { Tag: var tag } || seen.Bay != bay.Bay || visit.Tags.IsEmpty || visit.Tags.Contains(tag)
            || IsHeldByContact(state, bay) || !bay.Tags.TryGetValue(tag, out var next) || next.FirstAt.Monotonic <= visit.Support.Monotonic
            || SilentSince(state, bay, visit) is not { } since || state.Now - since < state.Options.LeaveSilence
            || !EnterRule.IsConvincing(next, state.Options) || !BayComparison.IsStrongest(state, bay.Bay, tag))
        {
            return null;
        }

        return new Departure(visit.Support, visit.Support, next.FirstAt, Describe.Tag(tag, next));
    }

    private static Departure? FellSilent(TrackerState state, BayState bay, Visit visit)
    {
        if (Deadline(state, bay) is not { } deadline || deadline.Monotonic > state.Now.Monotonic)
            return null;
        if (OpenedAt(state.Options, bay, visit) is not { } contact || contact.Value.Since.Monotonic <= visit.Support.Monotonic)
            return new Departure(visit.Support, visit.Support, state.Now, Describe.Silence(Witness(state, bay, visit), state.Now - visit.Support));

        // A contact says it to the second, unless it opened while nobody listened to it.
        var (opened, evidence) = (contact.Value.Since, Describe.Opened(contact.Key, contact.Value));
        return state.Sources.TryGetValue(contact.Key, out var source) && source.Since.Monotonic <= visit.Support.Monotonic
            ? new Departure(opened, opened, opened, evidence)
            : new Departure(visit.Support, visit.Support, opened, evidence);
    }

    private static bool IsHeldByContact(TrackerState state, BayState bay)
    {
        foreach (var (source, track) in bay.Presence)
        {
            if (track.IsContact && track.Occupied && SourceStates.IsUp(state, source))
                return true;
        }

        return false;
    }

    // The contact that opened last under this visit. One that opened well before the vehicle was last seen only
    // tells that it has been driven over.
    private static KeyValuePair<string, PresenceTrack>? OpenedAt(TrackerOptions options, BayState bay, Visit visit)
    {
        KeyValuePair<string, PresenceTrack>? latest = null;
        foreach (var contact in bay.Presence)
        {
            var track = contact.Value;
            if (track.IsContact && !track.Occupied && track.Since.Monotonic > visit.EnteredAt.Monotonic
                && visit.Support - track.Since < options.LeaveSilenceWithContact
                && (latest is null || track.Since.Monotonic > latest.Value.Value.Since.Monotonic))
            {
                latest = contact;
            }
        }

        return latest;
    }

    // What a source could not have seen while it was down does not count as silence.
    private static ObservedAt? SilentSince(TrackerState state, BayState bay, Visit visit)
    {
        ObservedAt? since = null;
        foreach (var source in Witnesses.Of(state, bay, visit))
        {
            if (state.Sources[source] is not { Up: true } status)
                return null;
            since = ObservedAt.Later(since ?? visit.Support, status.Since);
        }

        return since;
    }

    private static string Witness(TrackerState state, BayState bay, Visit visit) => Witnesses.Of(state, bay, visit)[0];

    private static TimeSpan PatienceFor(TrackerOptions options, BayState bay, Visit visit)
    {
        var patience = Witnesses.ShortestGap(bay, visit) * options.LeaveGapFactor;
        return patience < options.LeaveSilence ? options.LeaveSilence
            : patience > options.LongestLeaveSilence ? options.LongestLeaveSilence
            : patience;
    }
}
