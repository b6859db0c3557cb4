using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Why a bay is taken to be as it is.</summary>
/// <param name="At">As of when.</param>
/// <param name="Hypotheses">What may be, the likeliest first; never empty.</param>
/// <param name="WouldChange">What would change the decision, for a person; null when nothing is waited for.</param>
public sealed record Explanation(string Bay, ObservedAt At, ImmutableArray<Hypothesis> Hypotheses, string? WouldChange);

/// <summary>One way in which the bay may be.</summary>
/// <param name="What">For a person: <c>vacant</c>, or who is there.</param>
/// <param name="LogOdds">For it against its contrary, in nats.</param>
/// <param name="Evidence">What speaks for it and against it, with its weights in nats, the weightiest first.</param>
public sealed record Hypothesis(string What, double LogOdds, ImmutableArray<Evidence> Evidence);
