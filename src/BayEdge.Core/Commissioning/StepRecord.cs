using System.Collections.Immutable;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning;

/// <summary>How a step stood when it was last tried.</summary>
/// <param name="State">Never <see cref="StepState.Unknown"/>.</param>
/// <param name="Says">In one sentence.</param>
/// <param name="At">When it was tried, on the wall clock.</param>
public sealed record StepRecord(StepState State, Phrase Says, ImmutableArray<Check> Checks, DateTimeOffset At)
{
    /// <summary>When the step first stood well enough to go on; null before. Later troubles do not undo it.</summary>
    public DateTimeOffset? PassedAt { get; init; }

    /// <summary>As bad as its worst check; a step without checks is well.</summary>
    public static StepState WorstOf(IEnumerable<Check> checks) => checks.Select(check => check.State).DefaultIfEmpty(StepState.Ok).Aggregate(Worse);

    private static StepState Worse(StepState a, StepState b) => Badness(a) >= Badness(b) ? a : b;

    private static int Badness(StepState state) => state switch
    {
        StepState.Failed => 4,
        StepState.Running => 3,
        StepState.Unknown => 2,
        StepState.Warning => 1,
        _ => 0,
    };
}
