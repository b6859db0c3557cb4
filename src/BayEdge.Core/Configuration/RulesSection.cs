using System.Text.Json;

namespace BayEdge.Core.Configuration;

/// <summary>Reads the rules that a person may set.</summary>
public static class RulesSection
{
    /// <summary>The rules by themselves, as they stand in a configuration.</summary>
    /// <param name="problems">Gets what is wrong with them.</param>
    /// <returns>Null exactly when there are problems.</returns>
    public static RulesConfiguration? Read(JsonElement element, out IReadOnlyList<Problem> problems)
    {
        var found = new List<Problem>();
        problems = found;
        if (element.ValueKind != JsonValueKind.Object)
        {
            found.Add(new Problem("rules", $"expected an object in {{ }}, but found {(element.ValueKind == JsonValueKind.Undefined ? "null" : ConfigurationNode.Show(element))}"));
            return null;
        }

        var rules = Read(new ConfigurationNode(element, "rules", found));
        return found.Count == 0 ? rules : null;
    }

    internal static RulesConfiguration Read(ConfigurationNode node)
    {
        var stay = node.IntegerOr(
            "shortestStaySeconds", RulesConfiguration.DefaultShortestStaySeconds, RulesConfiguration.LeastShortestStaySeconds, RulesConfiguration.MostShortestStaySeconds);
        var arrivals = node.Choice("arrivals", Caution.Balanced);
        var departures = node.Choice("departures", Caution.Balanced);
        var shortest = node.IntegerOr(
            "shortestSilenceSeconds", RulesConfiguration.DefaultShortestSilenceSeconds, RulesConfiguration.LeastShortestSilenceSeconds, RulesConfiguration.MostShortestSilenceSeconds);
        var longest = node.IntegerOr(
            "longestSilenceMinutes", RulesConfiguration.DefaultLongestSilenceMinutes, RulesConfiguration.LeastLongestSilenceMinutes, RulesConfiguration.MostLongestSilenceMinutes);
        node.ReportUnknownKeys();
        return new RulesConfiguration
        {
            ShortestStaySeconds = stay ?? 0,
            Arrivals = arrivals ?? Caution.Balanced,
            Departures = departures ?? Caution.Balanced,
            ShortestSilenceSeconds = shortest ?? 0,
            LongestSilenceMinutes = longest ?? 0,
        };
    }
}
