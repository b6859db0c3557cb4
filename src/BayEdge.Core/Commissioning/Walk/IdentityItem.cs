using BayEdge.Core.Bays;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>The vehicle is the one that the installer typed.</summary>
internal static class IdentityItem
{
    public static Check Judge(WalkState state)
    {
        var plan = state.Plan;
        if (plan.Plate is null && plan.Tag is null)
            return Item(StepState.Warning, WalkSentences.NothingTyped.With());
        var typed = string.Join(" + ", new[] { plan.Plate, plan.Tag }.OfType<string>());
        if (state.Latest is not { Vehicle: var vehicle } || state.Visit is not { } visit)
            return Item(StepState.Unknown, WalkSentences.NotRecognised.With(("typed", typed)));

        if (plan.Plate is { } plate && vehicle.Plate is { } read && PlateText.Normalize(read) != PlateText.Normalize(plate))
            return Item(StepState.Failed, WalkSentences.OtherPlate.With(("read", read), ("typed", plate)));

        var tagIsThere = plan.Tag is { } tag && vehicle.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);
        var plateIsThere = plan.Plate is not null && vehicle.Plate is not null;
        if (tagIsThere == plan.Tag is not null && plateIsThere == plan.Plate is not null)
            return Item(StepState.Ok, WalkSentences.Same.With(("typed", typed)));
        if (state.Since(visit.DecidedAt) < plan.IdentityLimit && state.Left is null)
            return Item(StepState.Running, WalkSentences.NotRecognised.With(("typed", typed)));
        if (plan.Tag is { } missed && !tagIsThere && vehicle.Tags is [var other, ..] && !plateIsThere)
            return Item(StepState.Failed, WalkSentences.OtherTag.With(("read", other), ("typed", missed)));
        return tagIsThere || plateIsThere
            ? Item(StepState.Warning, WalkSentences.PartlySame.With(
                ("typed", (tagIsThere ? plan.Tag : plan.Plate)!), ("missing", (tagIsThere ? plan.Plate : plan.Tag)!), ("length", plan.IdentityLimit)))
            : Item(StepState.Failed, WalkSentences.NeverRecognised.With(("typed", typed), ("length", plan.IdentityLimit)));
    }

    private static Check Item(StepState state, Phrase says) => new(WalkResult.Identity, state, says);
}
