using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Opens a visit once something speaks convincingly for a vehicle.</summary>
internal static class EnterRule
{
    public static TrackerState Apply(TrackerState state, string bayId, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not null || FirstSignOf(state, bay) is not { } first)
            return state;

        var evidence = Evidence(state, bay);
        var visit = new Visit(VisitIdOf(bayId, first), first, state.Now, [], null, null, null);
        bay = IdentifyRule.Learn(state, bay with { Visit = visit, Since = first });
        var vehicle = VehicleOf.Visit(bay.Visit!);
        transitions.Add(new VehicleEntered(bayId, visit.Id, vehicle, first, EarliestOf(state, bay, first), first, state.Now, evidence));
        return state.With(bay);
    }

    /// <summary>When a contact or picture that says "occupied" will have said so long enough.</summary>
    public static ObservedAt? Deadline(TrackerState state, string bayId)
    {
        ObservedAt? next = null;
        foreach (var presence in state.Bays[bayId].Presence.Values.Where(presence => presence.Occupied))
        {
            var due = presence.Since + state.Options.EnterPresence;
            if (next is null || due.Monotonic < next.Value.Monotonic)
                next = due;
        }

        return next;
    }

    public static bool IsConvincing(TagTrack track, TrackerOptions options) =>
        track.Reads >= options.EnterReads && track.LastAt - track.FirstAt >= options.EnterDwell;

    public static bool IsConvincing(PlateTrack track, TrackerOptions options) => track.Readings >= options.EnterPlateReadings;

    private static bool IsConvincing(PresenceTrack track, TrackerState state) =>
        track.Occupied && state.Now - track.Since >= state.Options.EnterPresence;

    // The first sign of everything that is convincing dates the visit: the loop closes before the plate is read.
    private static ObservedAt? FirstSignOf(TrackerState state, BayState bay)
    {
        var signs = bay.Tags.Where(tag => IsNew(state, bay, tag.Value.LastAt) && IsConvincing(tag.Value, state.Options) && BayComparison.IsStrongest(state, bay.Bay, tag.Key))
            .Select(tag => tag.Value.FirstAt)
            .Concat(bay.Plates.Values.Where(plate => IsNew(state, bay, plate.LastAt) && IsConvincing(plate, state.Options)).Select(plate => plate.FirstAt))
            .Concat(bay.Presence.Values.Where(presence => IsConvincing(presence, state)).Select(presence => presence.Since))
            .ToList();
        return signs.Count == 0 ? null : signs.MinBy(sign => sign.Monotonic);
    }

    private static bool IsNew(TrackerState state, BayState bay, ObservedAt lastAt) =>
        (bay.Since is not { } vacantSince || lastAt.Monotonic > vacantSince.Monotonic) && state.Now - lastAt < state.Options.LeaveSilence;

    // Not before the bay was last seen empty or left.
    private static ObservedAt EarliestOf(TrackerState state, BayState bay, ObservedAt first)
    {
        var slack = bay.Tags.Values.Select(track => track.LongestGap)
            .Concat(bay.Plates.Values.Select(track => track.LongestGap))
            .DefaultIfEmpty(TimeSpan.Zero)
            .Max();
        return first - (slack < state.Options.LeaveSilence ? slack : state.Options.LeaveSilence);
    }

    private static ImmutableArray<Evidence> Evidence(TrackerState state, BayState bay) =>
    [
        .. bay.Tags.Where(tag => IsConvincing(tag.Value, state.Options)).Select(tag => Describe.Tag(tag.Key, tag.Value)),
        .. bay.Plates.Where(plate => IsConvincing(plate.Value, state.Options)).Select(plate => Describe.Plate(plate.Key, plate.Value)),
        .. bay.Presence.Where(presence => presence.Value.Occupied).Select(presence => Describe.Presence(presence.Key, presence.Value)),
    ];

    private static string VisitIdOf(string bay, ObservedAt first) =>
        string.Create(CultureInfo.InvariantCulture, $"{bay}-{first.Wall.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
}
