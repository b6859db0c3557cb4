using BayEdge.Core.Sightings;

namespace BayEdge.Service.Commissioning;

/// <summary>
/// While an installer holds a tag before the antennas or a plate before a camera, no visit comes of it: nothing is invented for the
/// central system. It ends with the step, with a walk test, and for good with the handover.
/// </summary>
internal sealed class TrialGate(CommissioningKeeper keeper, WalkService walk, TagsWatch tags, CameraLooks looks) : ISightingGate
{
    public bool Admits(Sighting sighting)
    {
        var isTried = sighting switch
        {
            TagSighting => tags.IsWatched,
            PlateSighting or OccupancySighting => looks.IsWatched(sighting.Source),
            _ => false,
        };
        return !isTried || keeper.Progress.HandedOverAt is not null || walk.State is { EndedAt: null };
    }
}
