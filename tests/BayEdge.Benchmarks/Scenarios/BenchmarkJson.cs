using System.Text.Json;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Writes results as JSON, for other programs.</summary>
internal static class BenchmarkJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <remarks>Shares are 0 to 1, times are seconds.</remarks>
    public static string Write(IEnumerable<BenchmarkResult> results) => JsonSerializer.Serialize(results.Select(Shape), Options);

    private static object Shape(BenchmarkResult result) => new
    {
        result.Level,
        Sources = result.Sources.ToString().ToLowerInvariant(),
        result.BayDays,
        result.Rows[0].Score.Visits,
        result.Rows[0].Score.BlindVisits,
        result.Sightings,
        MadePerSecond = Math.Round(result.Sightings / result.Making.TotalSeconds),
        Contestants = result.Rows.Select(row => Shape(result, row)),
    };

    private static object Shape(BenchmarkResult result, BenchmarkRow row) => new
    {
        row.Name,
        Shares = Enum.GetValues<VisitVerdict>().ToDictionary(verdict => JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString()), row.Score.ShareOf),
        PhantomsPerBayDay = row.Score.Phantoms / result.BayDays,
        row.Score.BlindVisitsRight,
        row.Score.WrongPlates,
        row.Score.Retracted,
        row.Score.Departures,
        row.Score.CorrectedDepartures,
        EnteredError = Percentiles(row.Score.EnteredErrors),
        LeftError = Percentiles(row.Score.LeftErrors),
        EnteredDelay = row.IsHindsight ? null : Percentiles(row.Score.EnteredDelays),
        LeftDelay = row.IsHindsight ? null : Percentiles(row.Score.LeftDelays),
        EnteredWithinBounds = Bounds(row.Score.EnteredBounds),
        LeftWithinBounds = Bounds(row.Score.LeftBounds),
        SightingsPerSecond = row.IsHindsight ? (double?)null : Math.Round(row.SightingsPerSecond),
    };

    private static object? Bounds(BoundsScore bounds) =>
        bounds.Widths.Count == 0 ? null : new { Share = bounds.ShareHeld, MedianWidth = ScenarioScore.Percentile(bounds.Widths, 0.5) };

    private static object Percentiles(List<double> figures) => new
    {
        Median = ScenarioScore.Percentile(figures, 0.5),
        P95 = ScenarioScore.Percentile(figures, 0.95),
        P99 = ScenarioScore.Percentile(figures, 0.99),
    };
}
