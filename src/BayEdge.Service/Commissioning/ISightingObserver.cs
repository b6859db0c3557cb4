using BayEdge.Core.Sightings;

namespace BayEdge.Service.Commissioning;

/// <summary>Hears everything that the sources see, as it is handed to the bays; must return at once.</summary>
internal interface ISightingObserver
{
    void Saw(Sighting sighting);
}
