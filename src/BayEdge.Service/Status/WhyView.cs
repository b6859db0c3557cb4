using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Status;

/// <summary>Why a bay is taken to be as it is, and what was decided of it lately.</summary>
/// <param name="Hypotheses">First what is decided, then what else may be.</param>
/// <param name="Decisions">The newest first; none from before the service started.</param>
internal sealed record WhyView(
    string Bay, DateTimeOffset AsOf, IReadOnlyList<HypothesisView> Hypotheses, Phrase? WouldChange, IReadOnlyList<EventView> Decisions)
{
    public static WhyView Of(Explanation explanation, IReadOnlyList<EventView> decisions) => new(
        explanation.Bay,
        explanation.At.Wall,
        [.. explanation.Hypotheses.Select(hypothesis => new HypothesisView(
            hypothesis.What, Math.Round(hypothesis.LogOdds, 1), hypothesis.Odds, hypothesis.Needed, hypothesis.NeededOdds, hypothesis.Evidence))],
        explanation.WouldChange,
        decisions);
}

/// <param name="LogOdds">In nats.</param>
/// <param name="Odds">The same for people: <c>99:1</c>.</param>
/// <param name="Needed">The log-odds at which it would be decided, in nats; absent on what is decided.</param>
internal sealed record HypothesisView(Phrase What, double LogOdds, string Odds, double? Needed, string? NeededOdds, IReadOnlyList<Evidence> Evidence);
