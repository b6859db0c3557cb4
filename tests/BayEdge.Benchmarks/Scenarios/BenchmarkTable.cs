using System.Globalization;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Prints results, a line a contestant.</summary>
internal static class BenchmarkTable
{
    private static readonly (string Title, Func<BenchmarkResult, BenchmarkRow, string> Cell)[] Columns =
    [
        ("right %", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.Right))),
        ("mistimed", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.Mistimed))),
        ("split", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.Split))),
        ("merged", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.Merged))),
        ("missed", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.Missed))),
        ("wrong", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.WrongVehicle))),
        ("unnamed", (_, row) => Percent(row.Score.ShareOf(VisitVerdict.Unnamed))),
        ("phantoms/1000 bay-days", (result, row) => Say($"{row.Score.Phantoms / result.BayDays * 1000:0.#}")),
        ("in error s 50/95/99 %", (_, row) => Percentiles(row.Score.EnteredErrors, 0.5, 0.95, 0.99)),
        ("out error s 50/95/99 %", (_, row) => Percentiles(row.Score.LeftErrors, 0.5, 0.95, 0.99)),
        ("in told after s 50/95 %", (_, row) => row.IsHindsight ? "-" : Percentiles(row.Score.EnteredDelays, 0.5, 0.95)),
        ("out told after s 50/95 %", (_, row) => row.IsHindsight ? "-" : Percentiles(row.Score.LeftDelays, 0.5, 0.95)),
        ("out corrected %", (_, row) => Percent(row.Score.Departures == 0 ? 0 : (double)row.Score.CorrectedDepartures / row.Score.Departures)),
        ("in within bounds %, width s", (_, row) => Bounds(row.Score.EnteredBounds)),
        ("out within bounds %, width s", (_, row) => Bounds(row.Score.LeftBounds)),
        ("sightings/s", (_, row) => row.IsHindsight ? "-" : Say($"{row.SightingsPerSecond:N0}")),
    ];

    public static void Write(TextWriter output, BenchmarkResult result)
    {
        var visits = result.Rows[0].Score;
        output.WriteLine($"### {result.Title}");
        output.WriteLine();
        output.WriteLine(Say(
            $"{result.BayDays:N0} bay-days, {visits.Visits:N0} visits ({visits.BlindVisits} with an end that no source could see), ")
            + Say($"{result.Sightings:N0} sightings, made at {result.Sightings / result.Making.TotalSeconds:N0}/s."));
        output.WriteLine();
        output.WriteLine("| | " + string.Join(" | ", Columns.Select(column => column.Title)) + " |");
        output.WriteLine("|---|" + string.Concat(Columns.Select(_ => "---:|")));
        foreach (var row in result.Rows)
            output.WriteLine($"| {row.Name} | " + string.Join(" | ", Columns.Select(column => column.Cell(result, row))) + " |");
        output.WriteLine();
    }

    private static string Percent(double share) => Say($"{share * 100:0.00}");

    private static string Bounds(BoundsScore bounds) =>
        bounds.Widths.Count == 0 ? "-" : Say($"{bounds.ShareHeld * 100:0.0}, {ScenarioScore.Percentile(bounds.Widths, 0.5):0.0}");

    private static string Percentiles(List<double> figures, params double[] shares) =>
        figures.Count == 0 ? "-" : string.Join(" / ", shares.Select(share => Say($"{ScenarioScore.Percentile(figures, share):0.0}")));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
