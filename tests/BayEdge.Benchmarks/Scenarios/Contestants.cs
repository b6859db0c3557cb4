using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Who takes part: the product's tracker first.</summary>
internal static class Contestants
{
    /// <summary>The timeouts of known systems, in seconds.</summary>
    private static readonly double[] Fixed = [2, 30, 600];

    /// <summary>The timeouts that make up the curve of correctness against delay, in seconds.</summary>
    private static readonly double[] Swept = [2, 10, 30, 60, 120, 300, 600, 1200];

    /// <summary>The names of the contestants on that curve, in order.</summary>
    public static IReadOnlyList<string> Curve { get; } = [.. Swept.Select(seconds => StrongestBay.NameFor(TimeSpan.FromSeconds(seconds)))];

    /// <param name="oursOnly">Only the product's tracker, and what bounds it.</param>
    /// <remarks>The baselines know tags only, so where there are no readers they do not take part.</remarks>
    public static IReadOnlyList<IContestant> Of(Scenario scenario, VisitObserver observer, bool oursOnly)
    {
        var ours = new BayTrackerContestant(scenario);
        if (scenario.Options.Sources == SourceSet.Cameras)
            return [ours];
        if (oursOnly)
            return scenario.Options.Sources == SourceSet.Tags ? [ours, new Oracle(observer)] : [ours];
        var reads = new TagReads(scenario);
        var withTagsOnly = scenario.Options.Sources == SourceSet.Tags;
        return
        [
            ours,
            .. withTagsOnly ? [new Oracle(observer)] : Array.Empty<IContestant>(),
            .. Fixed.Select(seconds => new FixedTimeout(reads, TimeSpan.FromSeconds(seconds))),
            .. (withTagsOnly ? Swept : Swept[^1..]).Select(seconds => new StrongestBay(reads, TimeSpan.FromSeconds(seconds))),
            new EdgeXRule(reads),
        ];
    }
}
