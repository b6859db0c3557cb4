using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>What pictures and contacts say of a bay, whoever is in it.</summary>
internal static class Surroundings
{
    private const double MostNats = 9;

    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(10);

    /// <summary>For a vehicle, in nats.</summary>
    public static double LogOddsOfOccupied(TrackerState state, BayState bay)
    {
        if (HasNone(bay))
            return 0;
        var sum = 0.0;
        foreach (var (source, filter) in bay.Pictures)
        {
            if (Speaks(state, source, filter))
                sum += OfPictures(filter, state.Now);
        }

        foreach (var (source, contact) in bay.Contacts)
        {
            if (Speaks(state, bay, source, contact))
                sum += contact.LogOddsOfOccupied(state.Now);
        }

        return sum;
    }

    /// <summary>Whether a camera judges the bay's occupancy at present.</summary>
    public static bool IsWatched(TrackerState state, BayState bay)
    {
        if (bay.Pictures.IsEmpty)
            return false;
        foreach (var (source, filter) in bay.Pictures)
        {
            if (Speaks(state, source, filter))
                return true;
        }

        return false;
    }

    /// <summary>The camera that is surest that the bay is empty, or occupied; null when none says so.</summary>
    public static KeyValuePair<string, OccupancyFilter>? Surest(TrackerState state, BayState bay, bool occupied, double leastNats)
    {
        if (bay.Pictures.IsEmpty)
            return null;
        KeyValuePair<string, OccupancyFilter>? surest = null;
        foreach (var pictures in bay.Pictures)
        {
            var nats = pictures.Value.LogOddsOfOccupied * (occupied ? 1 : -1);
            if (nats >= leastNats && Speaks(state, pictures.Key, pictures.Value) && (surest is null || nats > Math.Abs(surest.Value.Value.LogOddsOfOccupied)))
                surest = pictures;
        }

        return surest;
    }

    /// <summary>The contact that changed last, of those that say so; null when none does.</summary>
    public static KeyValuePair<string, ContactState>? Newest(TrackerState state, BayState bay, bool closed)
    {
        if (bay.Contacts.IsEmpty)
            return null;
        KeyValuePair<string, ContactState>? newest = null;
        foreach (var contact in bay.Contacts)
        {
            if (contact.Value.Closed == closed && Speaks(state, bay, contact.Key, contact.Value) && (newest is null || contact.Value.Since.Monotonic > newest.Value.Value.Since.Monotonic))
                newest = contact;
        }

        return newest;
    }

    /// <summary>Whether a camera held the bay for occupied just before an instant, and had since another.</summary>
    public static bool WasSeenSince(TrackerState state, BayState bay, ObservedAt since, ObservedAt before)
    {
        foreach (var (source, filter) in bay.Pictures)
        {
            if (filter.UpTo(before) is { LogOddsOfOccupied: >= 0 } seen && seen.ToOccupied.Since.Monotonic <= since.Monotonic
                && before - seen.LastAt < OccupancyFilter.Stale && state.WorkedUntil(source, before) is not null)
                return true;
        }

        return false;
    }

    /// <summary>Whether a contact showed the bay occupied just before an instant, whatever it says in it.</summary>
    public static bool WasClosedBefore(TrackerState state, BayState bay, ObservedAt at)
    {
        foreach (var (source, contact) in bay.Contacts)
        {
            if (contact.UpTo(at) is { Closed: true } said && state.WorkedUntil(source, at) is { } worked && said.LastAt.Monotonic >= worked.Monotonic)
                return true;
        }

        return false;
    }

    /// <summary>When these last showed the vehicle of a visit; null when they never did.</summary>
    public static ObservedAt? LastShown(TrackerState state, BayState bay, Visit visit)
    {
        var last = visit.SeenAt;
        foreach (var (source, contact) in bay.Contacts)
        {
            var closed = contact.Closed ? contact.LastAt : contact.IsDated(state.Sources[source].Since) ? contact.ChangedAt : contact.Before;
            if (closed is { } until && until.Monotonic > visit.EnteredAt.Monotonic)
                last = ObservedAt.Later(last ?? until, until);
        }

        return last;
    }

    /// <summary>What of the odds is only a contact that has been closed since before the last vehicle left, in nats.</summary>
    public static double OfLeftovers(TrackerState state, BayState bay)
    {
        var sum = 0.0;
        if (bay.Contacts.IsEmpty)
            return 0;
        foreach (var (source, contact) in bay.Contacts)
        {
            if (contact.Closed && bay.Since is { } vacantSince && contact.ChangedAt.Monotonic <= vacantSince.Monotonic && Speaks(state, bay, source, contact))
                sum += contact.LogOddsOfOccupied(state.Now);
        }

        return sum;
    }

    /// <summary>When these grow surer, or too old, without saying anything new; null when they do not.</summary>
    public static ObservedAt? NextLook(TrackerState state, BayState bay)
    {
        if (HasNone(bay))
            return null;
        ObservedAt? next = null;
        foreach (var contact in bay.Contacts.Values)
            next = Earliest(next, contact.NextLook(state.Now));
        foreach (var filter in bay.Pictures.Values)
        {
            var stale = filter.LastAt + OccupancyFilter.Stale;
            if (stale.Monotonic > state.Now.Monotonic)
                next = Earliest(next, stale);
        }

        return next;
    }

    public static ObservedAt? Earliest(ObservedAt? a, ObservedAt? b) => a is null || (b is not null && b.Value.Monotonic < a.Value.Monotonic) ? b : a;

    /// <summary>In the words of evidence, the weightiest first.</summary>
    public static ImmutableArray<Evidence> Explain(TrackerState state, BayState bay) =>
    [
        .. bay.Contacts.Where(contact => Speaks(state, bay, contact.Key, contact.Value))
            .Select(contact => Describe.Contact(contact.Key, contact.Value, contact.Value.LogOddsOfOccupied(state.Now)))
            .Concat(bay.Pictures.Where(pictures => Speaks(state, pictures.Key, pictures.Value))
                .Select(pictures => Describe.Pictures(pictures.Key, pictures.Value, OfPictures(pictures.Value, state.Now))))
            .OrderByDescending(evidence => Math.Abs(evidence.Weight ?? 0)),
    ];

    // Worth asking first: many bays have readers only.
    private static bool HasNone(BayState bay) => bay.Pictures.IsEmpty && bay.Contacts.IsEmpty;

    // The longer a camera goes on saying the same, the less likely it is that something merely hides the view.
    private static double OfPictures(OccupancyFilter filter, ObservedAt now)
    {
        var nats = filter.LogOddsOfOccupied;
        var since = (nats > 0 ? filter.ToOccupied : filter.ToEmpty).Since;
        var most = MostNats + Math.Log(1 + Math.Max(0, (now - since).TotalMinutes));
        return LogOdds.Limit(nats, most);
    }

    private static bool Speaks(TrackerState state, string source, OccupancyFilter filter) =>
        state.IsUp(source) && state.Now - filter.LastAt < OccupancyFilter.Stale;

    // What a contact said before its source went down may be long past.
    private static bool Speaks(TrackerState state, BayState bay, string source, ContactState contact) =>
        state.Sources.TryGetValue(source, out var status) && status.Up && contact.LastAt.Monotonic >= status.Since.Monotonic && !IsBeside(state, bay, contact);

    // A vehicle that was heard long after the contact opened does not stand on it: it says nothing of its leaving. Where a camera
    // sees the bay empty, too, it is the tag that was left behind.
    private static bool IsBeside(TrackerState state, BayState bay, ContactState contact) =>
        !contact.Closed && bay.Visit is { Tags.IsEmpty: false } visit && visit.Support - contact.ChangedAt > Beside && Surest(state, bay, occupied: false, 0) is null;
}
