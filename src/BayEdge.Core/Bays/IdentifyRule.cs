using System.Collections.Immutable;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Bays;

/// <summary>Adds to an open visit what has become known of its vehicle.</summary>
internal static class IdentifyRule
{
    public static TrackerState Apply(TrackerState state, string bayId, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { } before)
            return state;

        var after = Learn(state, bay);
        if (ReferenceEquals(after.Visit, before))
            return state;

        transitions.Add(new VehicleIdentified(
            bayId, before.Id, VehicleOf.Visit(after.Visit!), before.EnteredAt, before.EnteredAt, before.EnteredAt, state.Now, Evidence(after)));
        return state.With(after);
    }

    /// <summary>The bay with a visit that names every convincing tag and plate; the same visit when there is nothing new.</summary>
    public static BayState Learn(TrackerState state, BayState bay)
    {
        var visit = bay.Visit!;
        var tags = visit.Tags.Length > 0 ? visit.Tags : ConvincingTags(state, bay);
        var plate = visit.Plate ?? ConvincingPlate(state, bay);
        var known = ExpectedMatch.Find(state.Expected, tags, plate);
        var reference = visit.Ref ?? known?.Ref;
        if (tags.SequenceEqual(visit.Tags) && plate == visit.Plate && reference == visit.Ref)
            return bay;

        return bay with
        {
            Visit = visit with
            {
                Tags = tags,
                Plate = plate,
                PlateConfidence = plate is not null && bay.Plates.TryGetValue(plate, out var track) ? track.BestConfidence : null,
                Ref = reference,
            },
        };
    }

    private static ImmutableArray<string> ConvincingTags(TrackerState state, BayState bay) =>
    [
        .. bay.Tags
            .Where(tag => EnterRule.IsConvincing(tag.Value, state.Options) && BayComparison.IsStrongest(state, bay.Bay, tag.Key))
            .Select(tag => tag.Key),
    ];

    // A plate that appears while the vehicle's tag is silent may be the next vehicle's.
    private static string? ConvincingPlate(TrackerState state, BayState bay) => bay.Plates
        .Where(plate => EnterRule.IsConvincing(plate.Value, state.Options) && !HasFallenSilent(state, bay))
        .OrderByDescending(plate => plate.Value.Readings)
        .ThenByDescending(plate => plate.Value.BestConfidence)
        .Select(plate => plate.Key)
        .FirstOrDefault();

    private static bool HasFallenSilent(TrackerState state, BayState bay) =>
        bay.Visit!.Tags.Length > 0 && state.Now - bay.Visit.Support > state.Options.BayComparison;

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
