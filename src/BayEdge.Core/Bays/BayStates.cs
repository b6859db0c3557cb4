using BayEdge.Contracts.State;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

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
        if (before.Layout.Bays.Length != after.Layout.Bays.Length)
            return false;
        for (var index = 0; index < after.Layout.Bays.Length; index++)
        {
            if (before.Layout.Bays[index] != after.Layout.Bays[index] || !AreSame(before, after, after.Layout.Bays[index]))
                return false;
        }

        return true;
    }

    // Asked with every sighting that changes a bay, so no message is made for it.
    private static bool AreSame(TrackerState before, TrackerState after, string id)
    {
        var (was, now) = (before.Bays[id], after.Bays[id]);
        if (ReferenceEquals(was, now) && ReferenceEquals(before.Sources, after.Sources) && ReferenceEquals(before.Layout, after.Layout))
            return true;
        var (sawBefore, seesNow) = (CanSee(before, id), CanSee(after, id));
        if (sawBefore != seesNow || was.Visit?.Id != now.Visit?.Id)
            return false;
        if (Since(before, was, sawBefore)?.OnClockOf(after.Now).Wall != Since(after, now, seesNow)?.OnClockOf(after.Now).Wall)
            return false;
        return was.Visit is not { } visit || now.Visit is not { } same || AreSameVehicle(visit, same);
    }

    private static bool AreSameVehicle(Visit a, Visit b) =>
        a.Ref == b.Ref && a.Plate == b.Plate && a.PlateConfidence == b.PlateConfidence
        && (a.Tags == b.Tags || a.Tags.SequenceEqual(b.Tags));

    private static bool CanSee(TrackerState state, string bay)
    {
        foreach (var source in state.Layout.SourcesOf(bay))
        {
            if (state.Sources[source].Up)
                return true;
        }

        return false;
    }

    // It has been unknown since the last of its sources went down.
    private static ObservedAt? Since(TrackerState state, BayState bay, bool canSee) =>
        canSee
            ? bay.Since
            : state.Layout.SourcesOf(bay.Bay).Select(source => state.Sources[source]).MaxBy(source => source.Since.Monotonic)?.Since;

    private static BayStateMessage Of(TrackerState state, BayState bay)
    {
        var canSee = CanSee(state, bay.Bay);
        return new BayStateMessage
        {
            Bay = bay.Bay,
            State = !canSee ? BayOccupancy.Unknown : bay.Visit is null ? BayOccupancy.Vacant : BayOccupancy.Occupied,
            VisitId = bay.Visit?.Id,
            Vehicle = bay.Visit is null ? null : VehicleOf.Visit(bay.Visit),
            Since = Since(state, bay, canSee)?.OnClockOf(state.Now).Wall,
            AsOf = state.Now.Wall,
        };
    }
}
