using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning.Rules;
using BayEdge.Core.Configuration;

namespace BayEdge.Service.Commissioning.Rules;

/// <summary>The rules that hold, and how far they can be set.</summary>
/// <param name="Limits">By the names of the rules that are numbers.</param>
internal sealed record RulesView(RulesConfiguration Rules, IReadOnlyDictionary<string, RuleLimits> Limits)
{
    public static IReadOnlyDictionary<string, RuleLimits> AllLimits { get; } = new Dictionary<string, RuleLimits>
    {
        ["shortestStaySeconds"] = new(
            RulesConfiguration.LeastShortestStaySeconds, RulesConfiguration.MostShortestStaySeconds, RulesConfiguration.DefaultShortestStaySeconds),
        ["shortestSilenceSeconds"] = new(
            RulesConfiguration.LeastShortestSilenceSeconds, RulesConfiguration.MostShortestSilenceSeconds, RulesConfiguration.DefaultShortestSilenceSeconds),
        ["longestSilenceMinutes"] = new(
            RulesConfiguration.LeastLongestSilenceMinutes, RulesConfiguration.MostLongestSilenceMinutes, RulesConfiguration.DefaultLongestSilenceMinutes),
    };
}

internal sealed record RuleLimits(int Least, int Most, int Usual);

/// <param name="Rules">As in the configuration.</param>
/// <param name="From">The rules that were changed; null where whatever holds now may be overwritten.</param>
internal sealed record RulesRequest(JsonElement Rules, JsonElement? From);

/// <param name="Rules">As in the configuration.</param>
/// <param name="Minutes">How far back.</param>
internal sealed record RuleReplayRequest(JsonElement Rules, int Minutes);

/// <param name="Present">What the rules that hold make of the time, in words, or why nothing can be replayed.</param>
/// <param name="Other">What the others would make of it; null when nothing could be replayed.</param>
/// <param name="Same">How many visits come out alike.</param>
/// <param name="Different">How many do not; the first of them in <paramref name="Differences"/>.</param>
internal sealed record RuleReplayView(Phrase Present, Phrase? Other, int Same, int Different, IReadOnlyList<DifferenceView> Differences)
{
    private const int MostDifferences = 50;

    public static RuleReplayView Of(Replayed<RuleComparison> replayed, TimeSpan length) => replayed.Outcome is not { } comparison
        ? new RuleReplayView(replayed.Missing!, null, 0, 0, [])
        : new RuleReplayView(
            Tell(comparison.Present, length),
            Tell(comparison.Other, length),
            comparison.Same,
            comparison.Differences.Length,
            [.. comparison.Differences.Take(MostDifferences).Select(DifferenceView.Of)]);

    /// <summary>What a replay comes to, in words.</summary>
    public static Phrase Tell(ReplayOutcome outcome, TimeSpan length) => outcome.UsualDepartureDelay is { } delay
        ? SetupSentences.ReplayedWithDelay.With(
            ("length", length), ("arrivals", outcome.Arrivals), ("departures", outcome.Departures), ("takenBack", outcome.TakenBack), ("delay", delay))
        : SetupSentences.Replayed.With(("length", length), ("arrivals", outcome.Arrivals), ("departures", outcome.Departures), ("takenBack", outcome.TakenBack));
}

/// <param name="Present">Null where only the other rules tell the visit.</param>
/// <param name="Other">Null where the other rules do not tell it.</param>
internal sealed record DifferenceView(string Bay, TimesView? Present, TimesView? Other)
{
    public static DifferenceView Of(VisitDifference difference) =>
        new((difference.Present ?? difference.Other!).Bay, TimesView.Of(difference.Present), TimesView.Of(difference.Other));
}

/// <param name="LeftAt">Null while it is there.</param>
/// <param name="CutOff">Whether the recording has a gap at <paramref name="LeftAt"/>, after which the vehicle is there no more.</param>
internal sealed record TimesView(Vehicle Vehicle, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, bool CutOff)
{
    public static TimesView? Of(ReplayedVisit? visit) => visit is null ? null : new TimesView(visit.Vehicle, visit.Entered.At, visit.Left?.At, visit.IsCutOff);
}
