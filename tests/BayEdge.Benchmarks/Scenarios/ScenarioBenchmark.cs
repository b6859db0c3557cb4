using System.Diagnostics;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Runs every contestant over many workshops of one noise level and one set of sources.</summary>
internal static class ScenarioBenchmark
{
    private const int Threads = 2;
    private const int MostBays = 8;
    private const int BatchSize = 4096;

    private static readonly TimeSpan Length = TimeSpan.FromDays(5);

    /// <param name="bayDays">At least so many; the last workshop may make them more.</param>
    /// <param name="seed">Other seeds give other workshops.</param>
    public static BenchmarkResult Run(ScenarioNoise noise, SourceSet sources, int bayDays, int seed, bool oursOnly = false)
    {
        var scenarios = new List<ScenarioOptions>();
        for (var total = 0.0; total < bayDays; total += scenarios[^1].Bays * Length.TotalDays)
        {
            var number = scenarios.Count;
            scenarios.Add(new ScenarioOptions
            {
                Seed = HashCode(seed, number),
                Bays = (number * 3 % MostBays) + 1,
                Duration = Length,
                Sources = sources,
                Noise = noise,
            });
        }

        var results = new BenchmarkResult[scenarios.Count];
        Parallel.For(0, scenarios.Count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, index => results[index] = Run(scenarios[index], oursOnly));
        return BenchmarkResult.Sum(results);
    }

    private static int HashCode(int seed, int number) => (seed * 1_000_003) + number;

    private static BenchmarkResult Run(ScenarioOptions options, bool oursOnly)
    {
        var scenario = Scenario.Create(options);
        var observer = new VisitObserver(scenario);
        var contestants = Contestants.Of(scenario, observer, oursOnly);
        var times = new long[contestants.Count];
        var (count, batch, making) = (0L, new List<ScenarioInput>(BatchSize), Stopwatch.StartNew());
        foreach (var input in scenario.Inputs())
        {
            batch.Add(input);
            if (batch.Count < BatchSize)
                continue;
            making.Stop();
            Feed();
            making.Start();
        }

        making.Stop();
        Feed();
        var visits = observer.Visits();
        var rows = contestants.Select((contestant, index) => new BenchmarkRow(
            contestant.Name, contestant.IsHindsight, Score(scenario, visits, contestant), count, TimeSpan.FromSeconds((double)times[index] / Stopwatch.Frequency)));
        var bayDays = scenario.Bays.Count * options.Duration.TotalDays;
        return new BenchmarkResult(options.Noise.Name, options.Sources, bayDays, count, making.Elapsed, [.. rows]);

        void Feed()
        {
            count += batch.Count;
            foreach (var input in batch)
                observer.Take(input);
            for (var index = 0; index < contestants.Count; index++)
            {
                var started = Stopwatch.GetTimestamp();
                foreach (var input in batch)
                    contestants[index].Take(input);
                times[index] += Stopwatch.GetTimestamp() - started;
            }

            batch.Clear();
        }
    }

    // Which workshop a miss lies in is told with it.
    private static ScenarioScore Score(Scenario scenario, IReadOnlyList<ScoredVisit> visits, IContestant contestant) =>
        new VisitScoring(scenario.Vehicles, visits).Score(contestant.End(), scenario.End).In($"seed {scenario.Options.Seed}, {scenario.Options.Bays} bays");
}
