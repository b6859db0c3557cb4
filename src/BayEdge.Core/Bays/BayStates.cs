using BayEdge.Contracts.State;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Bays;

/// <summary>What the tracker's state means to others.</summary>
public static class BayStates
{
    /// <summary>The state of every bay, in the order of the configuration.</summary>
    public static IEnumerable<BayStateMessage> Of(TrackerState state) => state.Layout.Bays.Select(bay => Of(state, state.Bays[bay]));

    /// <summary>Whether nothing that <see cref="Of(TrackerState)"/> tells has changed but its time.</summary>
    public static bool AreSame(TrackerState before, TrackerState after)
    {
        if (ReferenceEquals(before.Layout, after.Layout) && ReferenceEquals(before.Bays, after.Bays) && ReferenceEquals(before.Sources, after.Sources))
            return true;
        return Of(before with { Now = after.Now }).SequenceEqual(Of(after));
    }

    private static BayStateMessage Of(TrackerState state, BayState bay)
    {
        var sources = state.Layout.SourcesOf(bay.Bay).Select(source => state.Sources[source]).ToList();
        var canSee = sources.Exists(source => source.Up);
        // It has been unknown since the last of its sources went down.
        var since = canSee ? bay.Since : sources.MaxBy(source => source.Since.Monotonic)?.Since;
        return new BayStateMessage
        {
            Bay = bay.Bay,
            State = !canSee ? BayOccupancy.Unknown : bay.Visit is null ? BayOccupancy.Vacant : BayOccupancy.Occupied,
            VisitId = bay.Visit?.Id,
            Vehicle = bay.Visit is null ? null : VehicleOf.Visit(bay.Visit),
            Since = since?.OnClockOf(state.Now).Wall,
            AsOf = state.Now.Wall,
        };
    }
}
