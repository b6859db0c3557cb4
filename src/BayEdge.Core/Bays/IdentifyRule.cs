using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Adds to an open visit what has become known of its vehicle.</summary>
internal static class IdentifyRule
{
    /// <param name="seen">What was seen, when that alone can have changed anything; null to look at everything.</param>
    /// <param name="expectedChanged">Whether the expected vehicles are others than at the last step.</param>
    public static TrackerState Apply(
        TrackerState state, string bayId, Seen? seen, bool expectedChanged, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { } before)
            return state;

        var after = Learn(state, bay, seen, expectedChanged);
        if (ReferenceEquals(after.Visit, before))
            return state;

        transitions.Add(new VehicleIdentified(
            bayId, before.Id, VehicleOf.Visit(after.Visit!), before.EnteredAt, before.EnteredAt, before.EnteredAt, state.Now, Evidence(after)));
        return state.With(after);
    }

    /// <summary>The bay with a visit that names every convincing tag and plate; the same visit when there is nothing new.</summary>
    public static BayState Learn(TrackerState state, BayState bay, Seen? seen, bool expectedChanged)
    {
        var visit = bay.Visit!;
        var tags = visit.Tags.IsEmpty && MayHaveNewTag(state, bay, seen) ? TagsHere(state, bay) : visit.Tags;
        var wasRead = visit.PlateConfidence is not null;
        var read = wasRead ? visit.Plate : bay.Plates.IsEmpty ? null : ConvincingPlate(state, bay);
        var isNew = tags.Length != visit.Tags.Length || (read is not null && !wasRead);
        var match = visit.Ref is null && (isNew || expectedChanged) ? ExpectedMatch.Find(state.Expected, tags, read) : null;
        if (!isNew && match is null)
            return bay;

        return bay with
        {
            Visit = visit with
            {
                Support = tags.Select(tag => bay.Tags.TryGetValue(tag, out var track) ? track.LastAt : visit.Support).Aggregate(visit.Support, ObservedAt.Later),
                Tags = tags,
                Plate = read ?? visit.Plate ?? PlateOnTheList(state, bay, match),
                PlateConfidence = wasRead ? visit.PlateConfidence : read is null ? null : bay.Plates[read].BestConfidence,
                Ref = visit.Ref ?? match?.Ref,
            },
        };
    }

    private static bool MayHaveNewTag(TrackerState state, BayState bay, Seen? seen) =>
        seen?.Sighting is not TagSighting { Tag: var tag } || (bay.Tags.TryGetValue(tag, out var track) && EnterRule.IsHere(state, bay, tag, track));

    private static ImmutableArray<string> TagsHere(TrackerState state, BayState bay) =>
        [.. bay.Tags.Where(tag => EnterRule.IsHere(state, bay, tag.Key, tag.Value)).Select(tag => tag.Key)];

    // A plate that appears while the vehicle's tag is silent may be the next vehicle's.
    private static string? ConvincingPlate(TrackerState state, BayState bay) => bay.Plates
        .Where(plate => EnterRule.IsConvincing(plate.Value, state.Options)
            && !HasFallenSilent(state, bay)
            && !BayComparison.IsPlateElsewhere(state, bay.Bay, plate.Key))
        .OrderByDescending(plate => plate.Value.Readings)
        .ThenByDescending(plate => plate.Value.BestConfidence)
        .Select(plate => plate.Key)
        .FirstOrDefault();

    // The workshop's list names the plate of a vehicle that shows only its tag, unless that plate is seen elsewhere.
    private static string? PlateOnTheList(TrackerState state, BayState bay, ExpectedVehicle? match) =>
        match?.Plate is { } plate && !BayComparison.IsPlateElsewhere(state, bay.Bay, plate) ? plate : null;

    private static bool HasFallenSilent(TrackerState state, BayState bay) =>
        !bay.Visit!.Tags.IsEmpty && state.Now - bay.Visit.Support > state.Options.BayComparison;

    private static ImmutableArray<Contracts.Events.Evidence> Evidence(BayState bay)
    {
        var visit = bay.Visit!;
        return
        [
            .. visit.Tags.Where(bay.Tags.ContainsKey).Select(tag => Describe.Tag(tag, bay.Tags[tag])),
            .. bay.Plates.Where(plate => plate.Key == visit.Plate).Select(plate => Describe.Plate(plate.Key, plate.Value)),
            .. visit.Ref is null ? [] : new[] { Describe.Expected(visit.Ref) },
        ];
    }
}
