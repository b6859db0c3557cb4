namespace BayEdge.Contracts.Consuming;

/// <summary>How much of a period a bay was occupied.</summary>
/// <param name="Bay">The bay.</param>
/// <param name="Period">The hour or shift.</param>
/// <param name="OccupiedSeconds">Of <paramref name="AvailableSeconds"/>.</param>
/// <param name="AvailableSeconds">The length of the period, as far as it has passed.</param>
public sealed record BayUtilisation(BayKey Bay, UtilisationPeriod Period, double OccupiedSeconds, double AvailableSeconds)
{
    /// <summary>0 to 1.</summary>
    public double Share => AvailableSeconds > 0 ? OccupiedSeconds / AvailableSeconds : 0;

    /// <summary>Every bay in every period that has begun; what comes later than now is not counted as vacant.</summary>
    public static IEnumerable<BayUtilisation> Of(
        BayStays stays, IReadOnlyCollection<BayKey> bays, IEnumerable<UtilisationPeriod> periods, DateTimeOffset now) =>
        from period in periods
        where period.From < now
        let end = period.To < now ? period.To : now
        from bay in bays
        select new BayUtilisation(bay, period, stays.OccupiedSeconds(bay, period.From, end), (end - period.From).TotalSeconds);
}
