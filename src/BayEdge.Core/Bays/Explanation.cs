using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Why a bay is taken to be as it is.</summary>
/// <param name="At">As of when.</param>
/// <param name="Hypotheses">First what is decided, then what else may be, the nearest to its decision first; never empty.</param>
/// <param name="WouldChange">What would change the decision; null when nothing is waited for.</param>
public sealed record Explanation(string Bay, ObservedAt At, ImmutableArray<Hypothesis> Hypotheses, Phrase? WouldChange);

/// <summary>One way in which the bay may be.</summary>
/// <param name="What">Vacant, or who is there.</param>
/// <param name="LogOdds">For it against its contrary, in nats.</param>
/// <param name="Needed">The log-odds at which it would be decided, in nats; null for what is decided already.</param>
/// <param name="Evidence">What speaks for it and against it, with its weights in nats, the weightiest first; they sum up to the log-odds.</param>
public sealed record Hypothesis(Phrase What, double LogOdds, double? Needed, ImmutableArray<Evidence> Evidence)
{
    /// <summary>The log-odds for people: <c>99:1</c>.</summary>
    public string Odds => Sentence.Odds(LogOdds);

    /// <summary>What is needed, for people; null for what is decided already.</summary>
    public string? NeededOdds => Needed is { } nats ? Sentence.Odds(nats) : null;
}
