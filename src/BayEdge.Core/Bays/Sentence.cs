using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Contracts.Events;

namespace BayEdge.Core.Bays;

/// <summary>A sentence with places for what changes in it.</summary>
/// <param name="English">Each place is a name in braces.</param>
public sealed record Sentence(string Key, string English)
{
    // Beyond this the odds rest on what was assumed, and nobody pictures them.
    private const double MostOdds = 10_000;

    public Phrase With(params ReadOnlySpan<(string Name, object Value)> values)
    {
        var text = English;
        var shown = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (value is Phrase sentence)
                sentence.StandIn(shown, name);
            else
                shown[name] = value is DateTimeOffset at ? Say($"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}") : Show(value);
            text = text.Replace($"{{{name}}}", Show(value), StringComparison.Ordinal);
        }

        return new Phrase(Key, text) { Values = shown.ToImmutable() };
    }

    public Evidence Of(string source, string kind, double? nats, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var phrase = With(values);
        return new Evidence(source, kind, phrase.Text, nats is { } weight ? Math.Round(weight, 1) : null, phrase.Key, phrase.Values);
    }

    /// <summary>Nats as odds, <c>99:1</c>: nobody on a ladder thinks in logarithms.</summary>
    public static string Odds(double nats)
    {
        var odds = Math.Exp(Math.Abs(nats));
        var many = odds > MostOdds ? Say($">{MostOdds:0}") : odds >= 9.95 ? Say($"{odds:0}") : Say($"{odds:0.#}");
        return nats >= 0 ? $"{many}:1" : $"1:{many}";
    }

    private static string Show(object value) => value switch
    {
        DateTimeOffset at => Say($"{at.UtcDateTime:HH:mm:ss}Z"),
        TimeSpan length => Show(length),
        _ => Say($"{value}"),
    };

    private static string Show(TimeSpan length) => length switch
    {
        { TotalSeconds: < 10 } => Say($"{length.TotalSeconds:0.#} s"),
        { TotalMinutes: < 2 } => Say($"{length.TotalSeconds:0} s"),
        { TotalHours: < 2, Seconds: > 0 } => Say($"{(int)length.TotalMinutes} min {length.Seconds} s"),
        { TotalHours: < 2 } => Say($"{(int)length.TotalMinutes} min"),
        _ => Say($"{(int)length.TotalHours} h {length.Minutes} min"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
