using System.Globalization;

namespace BayEdge.Benchmarks.Fuzz;

/// <summary><c>fuzz</c>: every decoder against damaged input.</summary>
internal static class FuzzCommand
{
    public const string Usage = "BayEdge.Benchmarks fuzz [--cases N] [--seed N]";

    private const long UsualCases = 10_000_000;
    private const int UsualSeed = 20260301;

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        var (cases, seed) = (UsualCases, UsualSeed);
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var given = index + 1 < arguments.Length ? arguments[index + 1] : "";
            var understood = arguments[index] switch
            {
                "--cases" => long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out cases) && cases > 0,
                "--seed" => int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                _ => false,
            };
            if (!understood)
            {
                errors.WriteLine($"Usage: {Usage}");
                return 2;
            }
        }

        return Run(cases, seed, output);
    }

    /// <param name="cases">Of all decoders together.</param>
    private static int Run(long cases, int seed, TextWriter output)
    {
        var targets = FuzzTargets.All();
        var broken = 0;
        long done = 0;
        foreach (var target in targets)
        {
            var result = FuzzRun.Of(target, (cases + targets.Count - 1) / targets.Count, seed);
            done += result.Cases;
            broken += result.Complaint is null ? 0 : 1;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Target,-18} {result.Cases,10:N0} cases, {result.Refused,9:N0} refused in words, at most {result.MostAllocated,7:N0} bytes allocated, slowest {result.Slowest.TotalMilliseconds,6:0.0} ms, {result.Cases / result.Took.TotalSeconds,9:N0}/s"));
            if (result.Complaint is { } complaint)
                output.WriteLine($"  BROKEN: {complaint}");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} cases, {targets.Count} decoders, {broken} broken"));
        return broken == 0 ? 0 : 1;
    }
}
