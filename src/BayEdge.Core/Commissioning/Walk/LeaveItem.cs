using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>The vehicle left, and was told to.</summary>
internal static class LeaveItem
{
    // A hand is quicker or slower than a car.
    private static readonly TimeSpan TapMayErr = TimeSpan.FromSeconds(30);

    public static Check Judge(WalkState state)
    {
        if (state.Visit is null)
            return Item(StepState.Unknown, WalkSentences.WaitForLeaving.With());
        if (state.Left is { } left)
            return Left(state, left);
        if (state.DrivesOffAt is not { } drivesOffAt)
            return Item(StepState.Running, WalkSentences.WaitForLeaving.With());
        if (state.Since(drivesOffAt) < state.Plan.LeaveLimit)
            return Item(StepState.Running, WalkSentences.DrivingOff.With());
        var length = ("length", (object)state.Plan.LeaveLimit);
        return WalkIdentity.LastSeen(state) is { } seen && seen - drivesOffAt > TapMayErr
            ? Item(StepState.Failed, WalkSentences.StillHeard.With(length, ("ago", state.Since(seen))))
            : Item(StepState.Failed, WalkSentences.NotLeft.With(length));
    }

    private static Check Left(WalkState state, VehicleLeft left)
    {
        var latency = left.DecidedAt - left.At;
        var milliseconds = Math.Round(latency.TotalMilliseconds);
        var stay = left.At - left.EnteredAt;
        if (latency > state.Plan.LeaveLimit)
            return Item(StepState.Failed, WalkSentences.LeftLate.With(("latency", latency), ("limit", state.Plan.LeaveLimit))) with { Milliseconds = milliseconds };
        if (state.DrivesOffAt is not { } drivesOffAt)
            return Item(StepState.Ok, WalkSentences.Left.With(("latency", latency), ("stay", stay))) with { Milliseconds = milliseconds };

        var error = left.At - drivesOffAt;
        return error < -TapMayErr
            ? Item(StepState.Failed, WalkSentences.LeftEarly.With(("error", error.Duration())))
            : Item(StepState.Ok, WalkSentences.LeftAgainstTap.With(("error", error.Duration()), ("latency", latency), ("stay", stay))) with { Milliseconds = milliseconds };
    }

    private static Check Item(StepState state, Phrase says) => new(WalkResult.Leave, state, says);
}
