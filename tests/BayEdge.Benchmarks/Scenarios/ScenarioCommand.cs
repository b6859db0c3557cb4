using System.Globalization;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>The command <c>scenarios</c>.</summary>
internal static class ScenarioCommand
{
    public const string Usage =
        "BayEdge.Benchmarks scenarios [--bay-days N] [--levels easy,normal,hard] [--sources tags,cameras,all] [--seed S] [--svg FILE] [--json FILE]";

    /// <returns>0 done, 2 wrong usage.</returns>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        if (!ScenarioArguments.TryParse(arguments, out var parsed, out var problem))
        {
            errors.WriteLine(problem);
            errors.WriteLine($"Usage: {Usage}");
            return 2;
        }

        foreach (var sources in parsed.Sources)
        {
            var results = new List<BenchmarkResult>();
            foreach (var level in parsed.Levels)
            {
                results.Add(ScenarioBenchmark.Run(level, sources, parsed.BayDays, parsed.Seed));
                BenchmarkTable.Write(output, results[^1]);
            }

            if (results.Count > 1)
                BenchmarkTable.Write(output, BenchmarkResult.Sum(results));
        }

        return 0;
    }
}

/// <param name="BayDays">A level and source set.</param>
internal sealed record ScenarioArguments(
    int BayDays, IReadOnlyList<ScenarioNoise> Levels, IReadOnlyList<SourceSet> Sources, int Seed, string? Svg, string? Json)
{
    public static bool TryParse(ReadOnlySpan<string> arguments, out ScenarioArguments parsed, out string problem)
    {
        parsed = new ScenarioArguments(100, ScenarioNoise.Levels, Enum.GetValues<SourceSet>(), 1, null, null);
        problem = "";
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var option = arguments[index];
            if (index + 1 == arguments.Length)
            {
                problem = $"Expected a value after {option}, but found the end.";
                return false;
            }

            var changed = parsed.With(option, arguments[index + 1]);
            if (changed is null)
            {
                problem = $"'{option} {arguments[index + 1]}' is not understood.";
                return false;
            }

            parsed = changed;
        }

        return true;
    }

    private ScenarioArguments? With(string option, string value) => option switch
    {
        "--bay-days" when Number(value) is { } number and > 0 => this with { BayDays = number },
        "--seed" when Number(value) is { } number => this with { Seed = number },
        "--levels" when Each(value, name => ScenarioNoise.Levels.FirstOrDefault(level => level.Name == name)) is { } levels => this with { Levels = levels },
        "--sources" when Each(value, SourcesCalled) is { } sources => this with { Sources = [.. sources.Select(set => set!.Value)] },
        "--svg" => this with { Svg = value },
        "--json" => this with { Json = value },
        _ => null,
    };

    private static int? Number(string value) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static SourceSet? SourcesCalled(string name) => name switch
    {
        "tags" => SourceSet.Tags,
        "cameras" => SourceSet.Cameras,
        "all" => SourceSet.All,
        _ => null,
    };

    private static List<T>? Each<T>(string value, Func<string, T?> find)
    {
        var found = value.Split(',').Select(find).ToList();
        return found.Contains(default) ? null : [.. found.Select(item => item!)];
    }
}
