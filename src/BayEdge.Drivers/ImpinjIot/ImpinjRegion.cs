using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>How the reader names the band that it is set to, by the words that tell.</summary>
internal static class ImpinjRegion
{
    // China has two bands, so its name alone tells none.
    private static readonly (string Words, string Band)[] Known =
    [
        ("FCC", "us"), ("EN 302 208", "eu"), ("China 920", "cn900"), ("Korea", "kr"), ("India", "in"), ("Japan", "jp"), ("Australia", "au"), ("New Zealand", "nz"),
    ];

    /// <summary>Those that a reader can be set to, in the order in which they are offered.</summary>
    public static IEnumerable<string> Bands => RadioBand.All.Select(band => band.Name).Where(name => Known.Any(known => known.Band == name));

    /// <summary>Null for one that has no name here.</summary>
    public static RadioRegion? Of(string? operatingRegion)
    {
        if (operatingRegion is null)
            return null;
        var band = Known.Where(known => known.Words.Split(' ').All(word => operatingRegion.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(known => known.Band).FirstOrDefault();
        return new RadioRegion(band, operatingRegion);
    }
}
