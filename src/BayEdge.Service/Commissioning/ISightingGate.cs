using BayEdge.Core.Sightings;

namespace BayEdge.Service.Commissioning;

/// <summary>Decides whether what a source sees is of vehicles, or only of an installation that goes on.</summary>
internal interface ISightingGate
{
    bool Admits(Sighting sighting);
}
