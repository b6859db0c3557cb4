using System.Collections.Immutable;

namespace BayEdge.Core.Tags;

/// <summary>Tells the tags of vehicles from those of parts, tools and clothes, by how they begin.</summary>
/// <param name="Only">Upper-case hex digits, any number of them; a tag counts that begins with one of these. Empty: every tag.</param>
/// <param name="Ignore">A tag that begins with one of these does not count, whatever <paramref name="Only"/> says.</param>
public sealed record TagFilter(ImmutableArray<string> Only, ImmutableArray<string> Ignore)
{
    /// <summary>Every tag counts.</summary>
    public static TagFilter None { get; } = new([], []);

    /// <param name="tag">Upper-case hex.</param>
    public bool Admits(string tag) => (Only.IsEmpty || BeginsWithOneOf(tag, Only)) && !BeginsWithOneOf(tag, Ignore);

    public bool Equals(TagFilter? other) => other is not null && Only.SequenceEqual(other.Only) && Ignore.SequenceEqual(other.Ignore);

    public override int GetHashCode() => HashCode.Combine(Only.Length, Ignore.Length);

    private static bool BeginsWithOneOf(string tag, ImmutableArray<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (tag.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
