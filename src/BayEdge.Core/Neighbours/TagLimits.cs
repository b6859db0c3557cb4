using BayEdge.Contracts.Neighbours;

namespace BayEdge.Core.Neighbours;

/// <summary>What a report may say of a tag.</summary>
internal static class TagLimits
{
    // Far beyond what any reader can hear, and than what it sends.
    private const double LeastRssiDbm = -150;
    private const double MostRssiDbm = 50;

    public static bool IsIdentity(string? tag) =>
        tag is { Length: > 0 and <= NeighbourReport.MostTagDigits } && tag.Length % 2 == 0 && tag.All(char.IsAsciiHexDigitUpper);

    public static bool IsPlausible(double rssiDbm) => rssiDbm is >= LeastRssiDbm and <= MostRssiDbm;
}
