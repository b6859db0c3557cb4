using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Dates a coming or going to the instant at which the signs changed, with the bounds that they leave.</summary>
internal static class Dating
{
    // A tag that is still heard this long after the bay was seen empty does not date the departure: either lies.
    private static readonly TimeSpan Agree = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Leads = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan DrivesOff = TimeSpan.FromSeconds(15);

    private const double LeastNats = 2;

    /// <param name="isSilent">Whether somebody listens and hears nothing.</param>
    public static (ObservedAt At, ObservedAt Earliest, ObservedAt Latest) Leaving(TrackerState state, BayState bay, Visit visit, bool isSilent)
    {
        var isHeard = isSilent && state.Now - visit.Support < Agree;
        var support = ObservedAt.Later(NearAt(state, bay, visit) ?? visit.Support, visit.EnteredAt);
        if (visit.Tags.IsEmpty && Surroundings.LastShown(state, bay, visit) is { } shown)
            support = ObservedAt.Later(support, shown);
        if (Surroundings.Newest(state, bay, closed: false) is { } contact && contact.Value.LogOddsOfOccupied(state.Now) <= -LeastNats
            && contact.Value.ChangedAt.Monotonic > visit.EnteredAt.Monotonic
            && (isHeard || visit.Tags.IsEmpty || support - contact.Value.ChangedAt <= Agree))
        {
            // It says so to the second, unless it opened while nobody listened to it.
            var opened = contact.Value.ChangedAt;
            return contact.Value.IsDated(state.Sources[contact.Key].Since)
                ? (opened, opened, opened)
                : (ObservedAt.Earlier(support, opened), ObservedAt.Earlier(support, opened), opened);
        }

        if (Surroundings.Surest(state, bay, occupied: false, LeastNats) is { } pictures
            && pictures.Value.ToEmpty.Since.Monotonic > visit.EnteredAt.Monotonic
            && (isHeard || visit.Tags.IsEmpty || support - pictures.Value.ToEmpty.Since <= Agree))
        {
            var empty = pictures.Value.ToEmpty;
            return (empty.Since, ObservedAt.Later(ObservedAt.Earlier(empty.Before, empty.Since), visit.EnteredAt), empty.Since);
        }

        return (support, ObservedAt.Later(support - UnheardOf(state, bay, visit), visit.EnteredAt), state.Now);
    }

    // It may be heard for a little longer than it is in the bay.
    private static TimeSpan UnheardOf(TrackerState state, BayState bay, Visit visit)
    {
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay) is { } hearing)
                return hearing.Unheard;
        }

        return TimeSpan.Zero;
    }

    // What is heard far more weakly than usual for the last moments is beyond the line already; for longer, it was hidden.
    private static ObservedAt? NearAt(TrackerState state, BayState bay, Visit visit)
    {
        ObservedAt? near = null;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay) is { } hearing && (near is null || hearing.NearAt.Monotonic > near.Value.Monotonic))
                near = hearing.LastAt - hearing.NearAt <= DrivesOff ? hearing.NearAt : hearing.LastAt;
        }

        return near;
    }

    /// <param name="first">The first sign of the vehicle itself; null when only pictures or contacts show it.</param>
    /// <param name="unheard">How far that sign may lie from its coming.</param>
    public static (ObservedAt At, ObservedAt Earliest, ObservedAt Latest) Entering(TrackerState state, BayState bay, ObservedAt? first, TimeSpan unheard)
    {
        var floor = bay.Since;
        if (Surroundings.Newest(state, bay, closed: true) is { } contact && IsAfter(contact.Value.ChangedAt, floor)
            && IsBetterThan(state, contact.Key, contact.Value.ChangedAt, first))
        {
            var closed = contact.Value.ChangedAt;
            if (contact.Value.IsDated(state.Sources[contact.Key].Since))
                return (closed, closed, closed);
            var known = After(state, floor, ObservedAt.Earlier(closed, first ?? closed));
            return (known, Floor(floor, ObservedAt.Earlier(known, contact.Value.Before ?? known)), closed);
        }

        if (Surroundings.Surest(state, bay, occupied: true, LeastNats) is { } pictures && IsAfter(pictures.Value.ToOccupied.Since, floor)
            && IsBetterThan(state, pictures.Key, pictures.Value.ToOccupied.Since, first))
        {
            var occupied = pictures.Value.ToOccupied;
            return (occupied.Since, Floor(floor, ObservedAt.Earlier(occupied.Before, occupied.Since)), occupied.Since);
        }

        // What was seen before the last vehicle left does not let the next one come before that.
        var at = After(state, floor, first ?? state.Now);
        return (at, Floor(floor, at - unheard), ObservedAt.Earlier(at + unheard, state.Now));
    }

    // Whoever watched and saw the bay empty when the vehicle was first heard knows better when it came in.
    private static bool IsBetterThan(TrackerState state, string source, ObservedAt seen, ObservedAt? first) =>
        first is not { } heard || (seen - heard >= -Leads && (seen - heard <= Leads || state.Sources[source].Since.Monotonic < heard.Monotonic));

    // Two visits of a bay never share an instant, so that their order is plain and each has a name of its own.
    private static ObservedAt After(TrackerState state, ObservedAt? floor, ObservedAt at) =>
        floor is { } since ? ObservedAt.Later(ObservedAt.Earlier(since + Instant, state.Now), at) : at;

    private static ObservedAt Floor(ObservedAt? floor, ObservedAt at) => floor is { } since ? ObservedAt.Later(since, at) : at;

    private static bool IsAfter(ObservedAt at, ObservedAt? floor) => floor is not { } since || at.Monotonic > since.Monotonic;
}
