using BayEdge.Core.Configuration;

namespace BayEdge.Vision.Plates;

internal static class PlateText
{
    /// <summary>A number as it is compared: outside China plates do not tell O from 0 and I from 1 by their shape.</summary>
    public static string Folded(string plate, PlateRegion region) => region == PlateRegion.Cn ? plate : plate.Replace('O', '0').Replace('I', '1');
}
