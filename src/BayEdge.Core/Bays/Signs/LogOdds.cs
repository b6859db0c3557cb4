namespace BayEdge.Core.Bays.Signs;

/// <summary>The one currency of all evidence: natural logarithms of odds, nats. 2.3 is ten to one, 4.6 a hundred to one.</summary>
internal static class LogOdds
{
    public static double OfNormals(double value, double meanFor, double spreadFor, double meanAgainst, double spreadAgainst)
    {
        var (forIt, against) = ((value - meanFor) / spreadFor, (value - meanAgainst) / spreadAgainst);
        return ((against * against) - (forIt * forIt)) / 2 + Math.Log(spreadAgainst / spreadFor);
    }

    /// <summary>Neither more for nor more against than this: no single kind of evidence is beyond doubt.</summary>
    public static double Limit(double logOdds, double most) => Math.Clamp(logOdds, -most, most);
}
