using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>The central system has the arrival.</summary>
internal static class CentralItem
{
    public static Check Judge(WalkState state)
    {
        if (!state.Plan.HasCentral)
            return Item(StepState.Warning, WalkSentences.NoCentral.With());
        if (state.Visit is not { } visit || ToldAt(state, visit) is not { } toldAt)
            return Item(StepState.Unknown, WalkSentences.WaitForCentral.With());
        if (ConfirmedAt(state, visit) is { } confirmedAt)
            return Confirmed(confirmedAt - toldAt);

        // While the installer holds the network cut, nobody can confirm.
        var cut = state.CutAt is { } cutAt ? (state.BackAt ?? state.Now) - cutAt : TimeSpan.Zero;
        if (state.Since(toldAt) - cut < state.Plan.ConfirmLimit)
            return Item(StepState.Running, WalkSentences.WaitForCentral.With());
        var sentence = state.LinkIsUp ? WalkSentences.NobodyConfirms : WalkSentences.NotConnected;
        return Item(StepState.Failed, sentence.With(("length", state.Plan.ConfirmLimit)));
    }

    private static Check Confirmed(TimeSpan wait)
    {
        // The broker may be quicker than the word of the storing.
        var roundTrip = Math.Round(Math.Max(0, wait.TotalMilliseconds));
        var shown = string.Create(CultureInfo.InvariantCulture, $"{roundTrip:0} ms");
        return Item(StepState.Ok, WalkSentences.Confirmed.With(("roundTrip", shown))) with { Milliseconds = roundTrip };
    }

    private static ObservedAt? ToldAt(WalkState state, VehicleEntered visit) => state.Told
        .Where(told => told.VisitId == visit.VisitId && told.Type == EventTypes.VehicleEntered).Select(told => (ObservedAt?)told.At).FirstOrDefault();

    private static ObservedAt? ConfirmedAt(WalkState state, VehicleEntered visit) => state.Confirmed
        .Where(confirmed => confirmed.Event.VisitId == visit.VisitId && confirmed.Event.Type == EventTypes.VehicleEntered)
        .Select(confirmed => (ObservedAt?)confirmed.At).FirstOrDefault();

    private static Check Item(StepState state, Phrase says) => new(WalkResult.Central, state, says);
}
