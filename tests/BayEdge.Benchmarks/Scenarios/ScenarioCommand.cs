using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>The command <c>scenarios</c>: the product's tracker and known methods against the truth.</summary>
/// <remarks>The picture shows tags only, all levels together, where these were run, for there the known methods can take part.</remarks>
internal static class ScenarioCommand
{
    public const string Usage =
        "BayEdge.Benchmarks scenarios [--bay-days N] [--levels easy,normal,hard] [--sources tags,cameras,all] [--seed S] [--svg FILE] [--json FILE] [--misses FILE] [--contestants ours|all]";

    /// <returns>0 done, 2 wrong usage.</returns>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        if (!ScenarioArguments.TryParse(arguments, out var parsed, out var problem))
        {
            errors.WriteLine(problem);
            errors.WriteLine($"Usage: {Usage}");
            return 2;
        }

        var results = new List<BenchmarkResult>();
        foreach (var sources in parsed.Sources)
            results.AddRange(RunLevels(parsed, sources, output));
        if (parsed.Json is { } json)
            File.WriteAllText(json, BenchmarkJson.Write(results));
        if (parsed.Misses is { } misses)
            File.WriteAllLines(misses, results.Where(result => result.Level != "all").SelectMany(result => result.Rows[0].Score.Misses.Select(miss => $"{result.Title}: {miss}")));
        if (parsed.Svg is { } svg)
            File.WriteAllText(svg, DelayChart.Draw(results.LastOrDefault(result => result.Sources == SourceSet.Tags) ?? results[^1]));
        return 0;
    }

    /// <returns>A result a level, and the sum of all when there are several.</returns>
    private static List<BenchmarkResult> RunLevels(ScenarioArguments arguments, SourceSet sources, TextWriter output)
    {
        var results = new List<BenchmarkResult>();
        foreach (var level in arguments.Levels)
        {
            results.Add(ScenarioBenchmark.Run(level, sources, arguments.BayDays, arguments.Seed, arguments.OursOnly));
            BenchmarkTable.Write(output, results[^1]);
        }

        if (results.Count > 1)
        {
            results.Add(BenchmarkResult.Sum(results));
            BenchmarkTable.Write(output, results[^1]);
        }

        return results;
    }
}
