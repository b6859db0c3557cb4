using BayEdge.Contracts.Events;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>Whether something is the vehicle that is walked.</summary>
internal static class WalkIdentity
{
    /// <summary>Whether a tag or plate is what was typed; anything is where nothing was typed.</summary>
    public static bool IsMeant(WalkPlan plan, string identity) =>
        (plan.Plate is null && plan.Tag is null) || IsTyped(plan, identity);

    /// <summary>Whether a visit elsewhere is of the same vehicle, by what was typed or by what is known of it here.</summary>
    public static bool IsSame(WalkState state, Vehicle elsewhere) => IdentitiesOf(elsewhere)
        .Any(identity => IsTyped(state.Plan, identity) || IdentitiesOf(state.Latest?.Vehicle).Contains(identity, StringComparer.Ordinal));

    /// <summary>The tags that stand for the vehicle.</summary>
    public static IEnumerable<string> TagsOf(WalkState state) =>
        (state.Latest?.Vehicle.Tags ?? []).Concat(state.Plan.Tag is { } typed ? [typed] : []).Distinct(StringComparer.Ordinal);

    /// <summary>When anything was last noticed of the vehicle in its bay; null when nothing was.</summary>
    public static Timing.ObservedAt? LastSeen(WalkState state)
    {
        var mine = IdentitiesOf(state.Latest?.Vehicle).ToHashSet(StringComparer.Ordinal);
        var last = state.Heard.Where(heard => heard.Key.Bay == state.Plan.Bay && (mine.Contains(heard.Key.Identity) || IsTyped(state.Plan, heard.Key.Identity)))
            .Select(heard => heard.Value.LastAt).ToList();
        return last.Count == 0 ? null : last.Aggregate(Timing.ObservedAt.Later);
    }

    private static bool IsTyped(WalkPlan plan, string identity) =>
        string.Equals(identity, plan.Tag, StringComparison.OrdinalIgnoreCase)
        || (plan.Plate is { } plate && PlateText.Normalize(plate) == PlateText.Normalize(identity));

    private static IEnumerable<string> IdentitiesOf(Vehicle? vehicle) =>
        vehicle is null ? [] : vehicle.Plate is { } plate ? vehicle.Tags.Append(plate) : vehicle.Tags;
}
