using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>What happened while the network was cut arrived afterwards, in its order.</summary>
internal static class CutItem
{
    public static Check Judge(WalkState state)
    {
        if (state.Visit is null)
            return Item(StepState.Unknown, WalkSentences.PullCable.With());
        if (state.CutAt is not { } cutAt)
            return Item(StepState.Running, WalkSentences.PullCable.With());

        var queued = state.Told.Where(told => told.At.Monotonic >= cutAt.Monotonic && !(told.At.Monotonic > state.BackAt?.Monotonic)).ToList();
        if (state.BackAt is not { } backAt)
            return Item(StepState.Running, WalkSentences.CutFor.With(("length", state.Since(cutAt)), ("count", queued.Count)));
        if (queued.Count == 0)
            return Item(StepState.Warning, WalkSentences.NothingQueued.With(("length", backAt - cutAt)));

        var arrived = state.Confirmed.Where(confirmed => confirmed.At.Monotonic >= cutAt.Monotonic).ToList();
        var disordered = arrived.Zip(arrived.Skip(1)).FirstOrDefault(pair => pair.First.Event.Position > pair.Second.Event.Position);
        if (disordered.First.Event is { } later)
        {
            return Item(StepState.Failed, WalkSentences.OutOfOrder.With(
                ("later", later.Position.Sequence), ("earlier", disordered.Second.Event.Position.Sequence)));
        }

        var open = queued.Count(told => !arrived.Exists(confirmed => confirmed.Event.VisitId == told.VisitId && confirmed.Event.Type == told.Type));
        if (open == 0)
            return Drained(queued.Count, backAt - cutAt, arrived.Select(confirmed => confirmed.At).Aggregate(ObservedAt.Later) - backAt);
        return state.Since(backAt) < state.Plan.ConfirmLimit
            ? Item(StepState.Running, WalkSentences.Draining.With(("count", open)))
            : Item(StepState.Failed, WalkSentences.NotDrained.With(("count", open), ("length", state.Plan.ConfirmLimit)));
    }

    private static Check Drained(int count, TimeSpan cut, TimeSpan drain) =>
        Item(StepState.Ok, WalkSentences.Drained.With(("length", cut), ("count", count), ("drain", drain < TimeSpan.Zero ? TimeSpan.Zero : drain)));

    private static Check Item(StepState state, Phrase says) => new(WalkResult.Cut, state, says);
}
