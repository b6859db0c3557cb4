using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Closes a visit when the silence is too long to be a shadow, or the vehicle is clearly elsewhere.</summary>
internal static class LeaveRule
{
    public static TrackerState Apply(TrackerState state, string bayId, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { } visit || (TakenOver(state, bay, visit) ?? FellSilent(state, bay, visit)) is not { } left)
            return state;

        transitions.Add(new VehicleLeft(
            bayId, visit.Id, VehicleOf.Visit(visit), left.At, left.At, left.Latest, state.Now, [left.Evidence], visit.EnteredAt));
        return state.With(bay with
        {
            Visit = null,
            Since = left.At,
            Tags = bay.Tags.RemoveRange(visit.Tags),
            Plates = bay.Plates.RemoveRange(bay.Plates.Where(plate => plate.Value.LastAt.Monotonic <= left.At.Monotonic).Select(plate => plate.Key)),
        });
    }

    /// <summary>When the silence will be long enough; null while something says "occupied" or could not speak.</summary>
    public static ObservedAt? Deadline(TrackerState state, string bayId)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { } visit || bay.Presence.Values.Any(track => track.IsContact && track.Occupied))
            return null;

        if (OpenedAt(bay, visit) is { } opened)
            return ObservedAt.Later(opened, visit.Support) + state.Options.LeaveSilenceWithContact;

        var sources = SupportingSources(bay, visit).Select(source => state.Sources[source]).ToList();
        return sources.TrueForAll(source => source.Up)
            ? SilentSince(sources, visit) + PatienceFor(state.Options, bay, visit)
            : null;
    }

    private readonly record struct Departure(ObservedAt At, ObservedAt Latest, Evidence Evidence);

    private static Departure? TakenOver(TrackerState state, BayState bay, Visit visit)
    {
        foreach (var tag in visit.Tags)
        {
            if (bay.Tags.TryGetValue(tag, out var track) && BayComparison.TakenOverBy(state, bay.Bay, tag) is { } other)
                return new Departure(track.LastStrongAt, state.Now, Describe.Moved(tag, track, other));
        }

        return null;
    }

    private static Departure? FellSilent(TrackerState state, BayState bay, Visit visit)
    {
        if (Deadline(state, bay.Bay) is not { } deadline || deadline.Monotonic > state.Now.Monotonic)
            return null;

        // A contact that opened says it to the second; otherwise the last sighting is the last that is known.
        var evidence = Describe.Silence(bay, state.Now - visit.Support);
        return OpenedAt(bay, visit) is { } opened && opened.Monotonic > visit.Support.Monotonic
            ? new Departure(opened, opened, evidence)
            : new Departure(visit.Support, state.Now, evidence);
    }

    // When the last contact of the bay opened under this visit.
    private static ObservedAt? OpenedAt(BayState bay, Visit visit)
    {
        var opened = bay.Presence.Values
            .Where(track => track.IsContact && !track.Occupied && track.Since.Monotonic > visit.EnteredAt.Monotonic)
            .Select(track => track.Since)
            .ToList();
        return opened.Count == 0 ? null : opened.MaxBy(since => since.Monotonic);
    }

    // A source that never saw this vehicle may be down for weeks without keeping the visit open.
    private static IEnumerable<string> SupportingSources(BayState bay, Visit visit)
    {
        foreach (var (tag, track) in bay.Tags)
        {
            if (visit.Tags.Contains(tag))
                yield return track.Source;
        }

        foreach (var (plate, track) in bay.Plates)
        {
            if (plate == visit.Plate)
                yield return track.Source;
        }

        foreach (var (source, track) in bay.Presence)
        {
            if (track.Occupied)
                yield return source;
        }
    }

    // What a source could not have seen while it was down does not count as silence.
    private static ObservedAt SilentSince(IEnumerable<SourceStatus> sources, Visit visit) =>
        sources.Select(source => source.Since).Append(visit.Support).MaxBy(at => at.Monotonic);

    private static TimeSpan PatienceFor(TrackerOptions options, BayState bay, Visit visit)
    {
        var gaps = bay.Tags.Where(tag => visit.Tags.Contains(tag.Key)).Select(tag => tag.Value.LongestGap)
            .Concat(bay.Plates.Where(plate => plate.Key == visit.Plate).Select(plate => plate.Value.LongestGap));
        var patience = gaps.DefaultIfEmpty(TimeSpan.Zero).Min() * options.LeaveGapFactor;
        return patience < options.LeaveSilence ? options.LeaveSilence
            : patience > options.LongestLeaveSilence ? options.LongestLeaveSilence
            : patience;
    }
}
