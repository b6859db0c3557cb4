using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>The vehicle came, and was told as one visit.</summary>
internal static class ArrivalItem
{
    public static Check Judge(WalkState state)
    {
        if (state.TakenBack is { } takenBack)
            return Item(StepState.Failed, WalkSentences.TakenBack.With(("reason", takenBack.Reason.Text)));
        if (state.Visit is not { } visit)
            return Awaited(state);
        if (state.Visits.Length > 1 && state.Left is null)
            return Item(StepState.Failed, WalkSentences.TwoVisits.With(("count", state.Visits.Length)));

        var latency = visit.DecidedAt - visit.At;
        var vehicle = state.Latest!.Vehicle;
        var sentence = (vehicle.Tags.Count > 0, vehicle.PlateConfidence is not null) switch
        {
            (true, true) => WalkSentences.Arrived,
            (true, false) => WalkSentences.ArrivedByTag,
            (false, true) => WalkSentences.ArrivedByPlate,
            _ => WalkSentences.ArrivedUnnamed,
        };
        var outcome = sentence == WalkSentences.ArrivedUnnamed ? StepState.Warning : StepState.Ok;
        return Item(outcome, sentence.With(("latency", latency))) with { Milliseconds = Math.Round(latency.TotalMilliseconds) };
    }

    private static Check Awaited(WalkState state)
    {
        var plan = state.Plan;
        var here = Noticed(state, plan.Bay);
        if (state.Since(state.StartedAt) < plan.ArriveLimit)
            return Item(StepState.Running, (here > 0 ? WalkSentences.Noticed : WalkSentences.WaitForArrival).With(("bay", plan.Bay)));
        if (here > 0)
            return Item(StepState.Failed, WalkSentences.NotSure.With(("bay", plan.Bay), ("count", here), ("length", plan.ArriveLimit)));
        return plan.OtherBays.Where(other => Noticed(state, other) > 0).MaxBy(other => Noticed(state, other)) is { } elsewhere
            ? Item(StepState.Failed, WalkSentences.NoticedElsewhere.With(("other", elsewhere), ("bay", plan.Bay)))
            : Item(StepState.Failed, WalkSentences.NothingNoticed.With(("bay", plan.Bay), ("length", plan.ArriveLimit)));
    }

    /// <summary>How often the typed vehicle, or anything where nothing was typed, was noticed.</summary>
    private static int Noticed(WalkState state, string bay) => state.Heard
        .Where(heard => heard.Key.Bay == bay && WalkIdentity.IsMeant(state.Plan, heard.Key.Identity))
        .Sum(heard => heard.Value.Times);

    private static Check Item(StepState state, Phrase says) => new(WalkResult.Arrive, state, says);
}
