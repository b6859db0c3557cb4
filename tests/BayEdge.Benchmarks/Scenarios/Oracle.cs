using BayEdge.Contracts.Events;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>The best that tag reads allow: is told each visit, and takes the first and the last read of its vehicle in its own bay.</summary>
internal sealed class Oracle(VisitObserver observer) : IContestant
{
    public string Name => "oracle";

    public bool IsHindsight => true;

    public void Take(in ScenarioInput input)
    {
        // The observer, which sees everything already, has noted the reads.
    }

    public IReadOnlyList<DecidedVisit> End() => [.. observer.All.Where(seen => seen.FirstRead is not null).Select(Tell)];

    private static DecidedVisit Tell(VisitObserver.Seen seen)
    {
        var vehicle = new Vehicle { Ref = seen.Visit.Vehicle.Ref };
        var told = new DecidedVisit(seen.Visit.Bay.Id, vehicle, seen.FirstRead!.Value, seen.FirstRead.Value);
        told.Leave(seen.LastRead, seen.LastRead);
        return told;
    }
}
