using BayEdge.Core.Bays;

namespace BayEdge.Core.Tests.Bays;

internal static class TrackerSteps
{
    /// <summary>One step after the other, with the transitions of both.</summary>
    public static TrackerStep Then(this TrackerStep step, Func<TrackerState, TrackerStep> next)
    {
        var after = next(step.State);
        return new TrackerStep(after.State, step.Transitions.AddRange(after.Transitions));
    }
}
