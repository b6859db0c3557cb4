using System.Collections.Immutable;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Hosting;

/// <summary>A sentence of the device that the page says in its own language, by its key.</summary>
/// <param name="English">Each place is a name in braces.</param>
internal sealed record PageText(string Key, string English)
{
    public Phrase With(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = English;
        var shown = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            shown[name] = value;
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return new Phrase(Key, text) { Values = shown.ToImmutable() };
    }
}
