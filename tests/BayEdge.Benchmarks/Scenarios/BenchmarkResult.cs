using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>How one contestant did.</summary>
/// <param name="IsHindsight">Whether it decides only when all is over.</param>
/// <param name="Sightings">What it was fed.</param>
/// <param name="Time">What it took for that, on one core.</param>
internal sealed record BenchmarkRow(string Name, bool IsHindsight, ScenarioScore Score, long Sightings, TimeSpan Time)
{
    public double SightingsPerSecond => Time > TimeSpan.Zero ? Sightings / Time.TotalSeconds : 0;
}

/// <summary>How all contestants did at one noise level with one set of sources.</summary>
/// <param name="Making">What making the sightings took, on one core.</param>
internal sealed record BenchmarkResult(
    string Level, SourceSet Sources, double BayDays, long Sightings, TimeSpan Making, IReadOnlyList<BenchmarkRow> Rows)
{
    public string Title => Sources switch
    {
        SourceSet.Tags => $"{Level}, tags only",
        SourceSet.Cameras => $"{Level}, plate and occupancy only",
        _ => $"{Level}, all sources",
    };

    /// <summary>All of them together; the level is "all" where they differ.</summary>
    public static BenchmarkResult Sum(IReadOnlyList<BenchmarkResult> results)
    {
        var first = results[0];
        return new BenchmarkResult(
            results.All(result => result.Level == first.Level) ? first.Level : "all",
            first.Sources,
            results.Sum(result => result.BayDays),
            results.Sum(result => result.Sightings),
            Sum(results.Select(result => result.Making)),
            [.. first.Rows.Select((row, index) => Sum(row, [.. results.Select(result => result.Rows[index])]))]);
    }

    private static BenchmarkRow Sum(BenchmarkRow first, IReadOnlyList<BenchmarkRow> rows)
    {
        var score = new ScenarioScore();
        foreach (var row in rows)
            score.Add(row.Score);
        return first with { Score = score, Sightings = rows.Sum(row => row.Sightings), Time = Sum(rows.Select(row => row.Time)) };
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
