using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Who takes part: the product's tracker first.</summary>
internal static class Contestants
{
    private static readonly double[] FixedSeconds = [2, 30, 600];

    public static IReadOnlyList<IContestant> Of(Scenario scenario)
    {
        var contestants = new List<IContestant> { new BayTrackerContestant(scenario) };
        if (scenario.Options.Sources == SourceSet.Cameras)
            return contestants;
        var reads = new TagReads(scenario);
        contestants.AddRange(FixedSeconds.Select(seconds => new FixedTimeout(reads, TimeSpan.FromSeconds(seconds))));
        return contestants;
    }
}
