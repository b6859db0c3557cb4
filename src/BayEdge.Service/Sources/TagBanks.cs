using BayEdge.Core.Drivers;

namespace BayEdge.Service.Sources;

/// <summary>The memories of a tag that people may read. The reserved one is none of them: there lie the passwords of the tag.</summary>
internal static class TagBanks
{
    private static readonly Dictionary<string, TagMemoryBank> Known =
        new(StringComparer.Ordinal) { ["tid"] = TagMemoryBank.Tid, ["user"] = TagMemoryBank.User, ["epc"] = TagMemoryBank.Epc };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    public static TagMemoryBank? Named(string? name) => Known.TryGetValue(name ?? "", out var bank) ? bank : null;
}
