using System.Globalization;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>What the command <c>scenarios</c> is asked for.</summary>
/// <param name="BayDays">A level and source set.</param>
internal sealed record ScenarioArguments(
    int BayDays, IReadOnlyList<ScenarioNoise> Levels, IReadOnlyList<SourceSet> Sources, int Seed, string? Svg, string? Json, string? Misses, bool OursOnly)
{
    public static bool TryParse(ReadOnlySpan<string> arguments, out ScenarioArguments parsed, out string problem)
    {
        parsed = new ScenarioArguments(100, ScenarioNoise.Levels, Enum.GetValues<SourceSet>(), 1, null, null, null, false);
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
        "--misses" => this with { Misses = value },
        "--contestants" when value is "all" or "ours" => this with { OursOnly = value == "ours" },
        _ => null,
    };

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

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
