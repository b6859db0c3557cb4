using BayEdge.Contracts.Neighbours;

namespace BayEdge.Core.Neighbours;

/// <summary>What a report may say of a tag.</summary>
internal static class TagLimits
{
    // From far below what a reader can still hear to far above what it sends.
    private const double LeastRssiDbm = -150;
    private const double MostRssiDbm = 50;

    public static bool IsIdentity(string? tag) =>
        tag is { Length: > 0 and <= NeighbourReport.MostTagDigits } && tag.Length % 2 == 0 && tag.All(char.IsAsciiHexDigitUpper);

    public static bool IsPlausible(double rssiDbm) => rssiDbm is >= LeastRssiDbm and <= MostRssiDbm;
}
