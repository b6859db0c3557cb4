using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>One way to decide who is where, on one scenario.</summary>
internal interface IContestant
{
    string Name { get; }

    /// <summary>Whether it decides only when all is over, so that how late it is means nothing.</summary>
    bool IsHindsight => false;

    void Take(in ScenarioInput input);

    /// <summary>Lets time run on to the end of the scenario.</summary>
    /// <returns>Every visit that was ever told, also the retracted ones.</returns>
    IReadOnlyList<DecidedVisit> End();
}
