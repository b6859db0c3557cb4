using System.Globalization;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>The bays beside it did not take the vehicle for theirs.</summary>
internal static class NeighboursItem
{
    public static Check Judge(WalkState state)
    {
        var plan = state.Plan;
        if (plan.OtherBays.IsEmpty)
            return Item(StepState.Ok, WalkSentences.NoOtherBay.With());
        if (state.Strays.FirstOrDefault(stray => WalkIdentity.IsSame(state, stray.Vehicle)) is { } same)
            return Item(StepState.Failed, WalkSentences.AlsoThere.With(("other", same.Bay)));
        if (state.Strays is [var stray, ..])
            return Item(StepState.Warning, WalkSentences.AnotherVehicle.With(("other", stray.Bay)));
        if (state.Visit is not { } visit)
            return Item(StepState.Unknown, WalkSentences.Listening.With());
        if (state.Since(visit.DecidedAt) < plan.SilenceNeeded)
            return Item(StepState.Running, WalkSentences.Listening.With());

        var here = Strongest(state, plan.Bay);
        var (other, there) = plan.OtherBays.Select(bay => (bay, Strongest(state, bay))).MaxBy(heard => heard.Item2 ?? double.MinValue);
        if (here is null || there is null)
            return Item(StepState.Ok, WalkSentences.Silent.With());
        return Item(
            here - there < plan.MarginDb ? StepState.Warning : StepState.Ok,
            (here - there < plan.MarginDb ? WalkSentences.SmallMargin : WalkSentences.SilentWithMargin).With(
                ("bay", plan.Bay), ("here", Dbm(here.Value)), ("other", other), ("there", Dbm(there.Value))));
    }

    private static double? Strongest(WalkState state, string bay) =>
        WalkIdentity.TagsOf(state).Max(tag => state.Heard.GetValueOrDefault((bay, tag))?.StrongestDbm);

    private static string Dbm(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0} dBm");

    private static Check Item(StepState state, Phrase says) => new(WalkResult.Neighbours, state, says);
}
