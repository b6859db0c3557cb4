using System.Text.Json.Serialization;

namespace BayEdge.Core.Bays.Signs;

/// <summary>Mean and spread of levels, learned one by one from an assumption that is worth some of them.</summary>
internal sealed record Strength(double Count, double MeanDb, double SquaresDb)
{
    // Old mounting, other tags: what was learned long ago counts less and less.
    private const double MostCount = 100;
    private const double LeastSpreadDb = 3;
    private const double AssumedWorth = 4;

    [JsonIgnore]
    public double SpreadDb { get; } = Math.Max(LeastSpreadDb, Math.Sqrt(SquaresDb / Count));

    /// <summary>How much more is known than was assumed: 1 before anything was learned.</summary>
    [JsonIgnore]
    public double Learned => Math.Max(1, Count / AssumedWorth);

    public static Strength Assume(double meanDb, double spreadDb, double worth = AssumedWorth) => new(worth, meanDb, worth * spreadDb * spreadDb);

    public Strength With(double levelDb)
    {
        var count = Math.Min(Count + 1, MostCount);
        var off = levelDb - MeanDb;
        var mean = MeanDb + (off / count);
        return new Strength(count, mean, (SquaresDb * (count - 1) / Count) + (off * (levelDb - mean)));
    }
}
