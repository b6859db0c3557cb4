using BayEdge.Contracts.Commands;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Bays;

/// <content>What it answers to a person's word for a plate: only the owner of the bays knows what they hold when the word's turn comes.</content>
internal sealed partial class BayLoop
{
    /// <returns>What came of it; null when the bays are no longer watched.</returns>
    public async Task<PlateAnswer?> AskAsync(PlateStated stated, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<PlateAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inputs.Writer.WriteAsync(
            new BayMessage(stated, (before, step) => answer.SetResult(new PlateAnswer(BayTracker.ProblemWith(before, stated), ToldBy(step)))), cancellationToken);
        await Task.WhenAny(answer.Task, ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return answer.Task.IsCompleted ? await answer.Task : null;
    }

    private static PlateTold ToldBy(TrackerStep step) =>
        step.Transitions.Any(transition => transition is VisitCorrected) ? PlateTold.Corrected
        : step.Transitions.Any(transition => transition is VehicleIdentified) ? PlateTold.Identified
        : PlateTold.Nothing;
}

/// <param name="Taken">Hears what was known before, and what came of it; null where nobody asks.</param>
internal readonly record struct BayMessage(TrackerInput Input, Action<TrackerState, TrackerStep>? Taken = null);

/// <param name="Problem">Why the word is not taken; null when it is.</param>
internal sealed record PlateAnswer(PlateProblem? Problem, PlateTold Told);
