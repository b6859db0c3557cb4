using BayEdge.Core.Bays;

namespace BayEdge.Service.Bays;

/// <summary>Tells the tracker times as exactly as they are recorded and sent: to the millisecond.</summary>
internal static class InputRounding
{
    public static TrackerInput ToMilliseconds(this TrackerInput input) => input switch
    {
        SightingInput { Sighting: var sighting } => new SightingInput(sighting with { At = sighting.At.ToMilliseconds() }),
        NeighbourHeard heard => heard with { At = heard.At.ToMilliseconds() },
        NeighboursReachable reachable => reachable with { At = reachable.At.ToMilliseconds() },
        _ => input,
    };
}
