using System.Collections.Immutable;

namespace BayEdge.Core.Bays;

/// <summary>A sentence for a person: in English, and in a form that a page can say in another language.</summary>
/// <param name="Key">Names the sentence.</param>
/// <param name="Text">In English; instants in UTC.</param>
public sealed record Phrase(string Key, string Text)
{
    /// <summary>What stands in the sentence, by name: instants in RFC 3339, all else as it is to be shown, numbers with their unit.</summary>
    /// <remarks>Where a sentence stands in it, under <c>reason</c> say, <c>reason:key</c> and <c>reason:NAME</c> are its key and its values.</remarks>
    public IReadOnlyDictionary<string, string> Values { get; init; } = ImmutableDictionary<string, string>.Empty;

    public override string ToString() => Text;

    /// <summary>Puts this sentence among the values of another.</summary>
    internal void StandIn(IDictionary<string, string> values, string name)
    {
        values[name] = Text;
        values[$"{name}:key"] = Key;
        foreach (var (inner, value) in Values)
            values[$"{name}:{inner}"] = value;
    }
}
