using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Closes a visit once the silence, and what pictures and contacts say, can hardly be a shadow.</summary>
internal static class LeaveRule
{
    private const double MostSilenceNats = 9;
    private const double HeardNats = -6;

    // What the vehicle itself did before counts so many times what others did in the same bay.
    private const double VisitWeight = 2;
    private const double OthersWeight = 0.3;

    private const int ReadingsToKnow = 5;
    private const double PausesToLeave = 3;

    private static readonly TimeSpan ShortestPlatePatience = TimeSpan.FromMinutes(2);

    private const double FellSilentNats = 2;

    private static readonly TimeSpan SilentWhenSeen = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private const double NextLook = 1.1;

    public static TrackerState Apply(TrackerState state, string bayId, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        if (bay.Visit is not { } visit)
            return state;
        var (nats, needed) = Weigh(state, bay, visit);
        if (nats < needed)
            return state;

        var silence = SilenceOf(state, bay, visit);
        var isSurelyEmpty = Surroundings.LogOddsOfOccupied(state, bay) < -Departure.SurelyEmptyNats;
        var (at, earliest, latest) = Dating.Leaving(state, bay, visit, silence is not null);
        return Departure.Close(
            state, bay, new Departure.Leaving(at, earliest, latest, silence?.Onset, isSurelyEmpty, Why.InOrder(EvidenceOf(state, bay, visit))) { Nats = nats }, transitions);
    }

    /// <summary>What speaks for the vehicle's having left, and from when on it is believed; in nats.</summary>
    public static (double Nats, double Needed) Weigh(TrackerState state, BayState bay, Visit visit) => (
        (SilenceOf(state, bay, visit)?.Nats ?? 0) - Surroundings.LogOddsOfOccupied(state, bay),
        visit.Tags.IsEmpty && Surroundings.IsWatched(state, bay) ? state.Options.PicturesLeaveNats : state.Options.LeaveNats);

    /// <summary>What <see cref="Weigh"/> sums up.</summary>
    public static IEnumerable<Evidence> EvidenceOf(TrackerState state, BayState bay, Visit visit)
    {
        var around = Why.Contrary(Surroundings.Explain(state, bay));
        return SilenceOf(state, bay, visit) is { } silence ? around.Append(Describe.Silence(silence, silence.Nats)) : around;
    }

    /// <summary>When the bay is worth looking at again; null while only a new sighting can change anything.</summary>
    public static ObservedAt? Deadline(TrackerState state, BayState bay)
    {
        var next = Surroundings.NextLook(state, bay);
        if (bay.Visit is not { } visit || SilentSince(state, bay, visit) is not { } silent)
            return next;
        if (Surroundings.IsWatched(state, bay))
            return visit.Tags.IsEmpty ? next : Surroundings.Earliest(next, NextLookWhileWatched(visit, state.Now));

        return Surroundings.Earliest(next, silent.Since + NextLookAfter(state.Options, state.Now - silent.Since));
    }

    // The looks lie on a fixed row of lengths, so that it does not matter how often anybody looks in between.
    private static TimeSpan NextLookAfter(TrackerOptions options, TimeSpan passed)
    {
        var length = FirstLook;
        if (passed >= length)
        {
            length = FirstLook * Math.Pow(NextLook, Math.Floor(Math.Log(passed / FirstLook) / Math.Log(NextLook)) + 1);
            while (length <= passed)
                length *= NextLook;
        }

        return Shortest(options, passed, length);
    }

    // Beside pictures it only matters whether a tag is heard, may be about to be, or is silent.
    private static ObservedAt? NextLookWhileWatched(Visit visit, ObservedAt now)
    {
        foreach (var limit in (ReadOnlySpan<TimeSpan>)[FirstLook, SilenceLedger.Shortest])
        {
            if (visit.LastSign + limit is var look && look.Monotonic > now.Monotonic)
                return look;
        }

        return null;
    }

    // Exactly at the limits too.
    private static TimeSpan Shortest(TrackerOptions options, TimeSpan passed, TimeSpan length)
    {
        foreach (var limit in (ReadOnlySpan<TimeSpan>)[options.ShortestSilence, options.LateSilence, options.LongestSilence])
        {
            if (passed < limit && limit < length)
                return limit;
        }

        return length;
    }

    internal readonly record struct Silence(TimeSpan Length, Onset Onset, double Nats, string Source);

    /// <summary>What the silence of the vehicle's own signs says of its departure; null when nobody listens.</summary>
    public static Silence? SilenceOf(TrackerState state, BayState bay, Visit visit)
    {
        if (SilentSince(state, bay, visit) is not { } silent)
            return null;
        if (Surroundings.IsWatched(state, bay))
            return WhileWatched(state, bay, visit, silent.Source);
        var length = state.Now - silent.Since;
        var onset = visit.Tags.IsEmpty ? Onset.Sudden : OnsetOf(state, bay, visit);
        return new Silence(length, onset, NatsOf(state, bay, visit, length, onset), silent.Source);
    }

    /// <summary>The silence that would end the visit as things stand; null when none would.</summary>
    public static TimeSpan? PatienceOf(TrackerState state, BayState bay, Visit visit)
    {
        var around = Surroundings.LogOddsOfOccupied(state, bay);
        var onset = visit.Tags.IsEmpty ? Onset.Sudden : OnsetOf(state, bay, visit);
        for (var length = FirstLook; length <= state.Options.LongestSilence; length = NextLookAfter(state.Options, length))
        {
            if (NatsOf(state, bay, visit, length, onset) - around >= state.Options.LeaveNats)
                return length;
        }

        return null;
    }

    // The pictures know already that vehicles seldom leave; the tag adds whether it fell silent together with what they show.
    private static Silence WhileWatched(TrackerState state, BayState bay, Visit visit, string source)
    {
        var length = state.Now - visit.LastSign;
        var wasSilentWhenSeen = visit.SeenAt is { } seen && seen - visit.LastSign > SilentWhenSeen;
        var nats = visit.Tags.IsEmpty || wasSilentWhenSeen ? 0 : length < FirstLook ? HeardNats : length < SilenceLedger.Shortest ? HeardNats / 2 : FellSilentNats;
        return new Silence(length, visit.Tags.IsEmpty ? Onset.Sudden : OnsetOf(state, bay, visit), nats, source);
    }

    private static double NatsOf(TrackerState state, BayState bay, Visit visit, TimeSpan length, Onset onset)
    {
        if (length < FirstLook)
            return HeardNats;
        var options = state.Options;
        if (visit.Tags.IsEmpty)
        {
            return options.LeaveNats * Math.Min(1, length / PlatePatience(options, visit));
        }

        var nats = OfShadows(state, bay, visit, length, onset);
        if (length < options.ShortestSilence)
            return Math.Min(nats, options.LeaveNats - 1);
        var isEnough = length >= options.LongestSilence || (length >= options.LateSilence && nats >= options.LateNats);
        return isEnough ? Math.Max(nats, options.LeaveNats) : nats;
    }

    // A plate is read while it moves, and then when the camera likes: how long it is silent by habit shows only after some readings.
    private static TimeSpan PlatePatience(TrackerOptions options, Visit visit)
    {
        if (visit.Readings.Texts.Sum(vote => vote.Count) < ReadingsToKnow)
            return visit.Readings.IsEmpty ? options.LongestSilence : options.LateSilence;
        var patience = visit.Readings.LongestPause * PausesToLeave;
        var shortest = options.ShortestSilence > ShortestPlatePatience ? options.ShortestSilence : ShortestPlatePatience;
        return patience < shortest ? shortest : patience < options.LateSilence ? patience : options.LateSilence;
    }

    /// <summary>What it says that none of the visit's tags was heard as usual for so long.</summary>
    public static double NatsOfSilence(TrackerState state, BayState bay, Visit visit, TimeSpan length) =>
        length < FirstLook ? HeardNats : OfShadows(state, bay, visit, length, OnsetOf(state, bay, visit));

    // A bay that has little experience of its own borrows from the others.
    private static double OfShadows(TrackerState state, BayState bay, Visit visit, TimeSpan length, Onset onset)
    {
        var tally = visit.Silences.After(onset, length) * VisitWeight;
        foreach (var other in state.Bays)
            tally += other.Habits.Silences.After(onset, length) * (other.Bay == bay.Bay ? 1 : OthersWeight);
        return LogOdds.Limit(SilenceLedger.LogOddsOfDeparture(onset, length, tally), MostSilenceNats);
    }

    private static Onset OnsetOf(TrackerState state, BayState bay, Visit visit)
    {
        if (visit.PassedAt is not null)
            return Onset.Passing;
        Hearing? last = null;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay) is { } hearing && (last is null || hearing.LastAt.Monotonic > last.LastAt.Monotonic))
                last = hearing;
        }

        return last?.Onset() ?? Onset.Sudden;
    }

    // What a source could not have seen while it was down does not count as silence.
    private static (ObservedAt Since, string Source)? SilentSince(TrackerState state, BayState bay, Visit visit)
    {
        if (visit.Tags.IsEmpty && Surroundings.Newest(state, bay, closed: true) is not null)
            return null;
        (ObservedAt Since, string Source)? silent = null;
        var isKnown = false;
        foreach (var tag in visit.Tags)
        {
            if (state.Tags.Find(tag)?.In(bay.Bay) is not { } hearing)
                continue;
            if (state.Sources.ContainsKey(hearing.Source))
            {
                Listen(hearing.Source);
                continue;
            }

            // The reader has another id since.
            foreach (var source in WitnessesOf(state.Layout, bay.Bay, visit))
                Listen(source);
        }

        if (!visit.Tags.IsEmpty)
            return silent;
        foreach (var vote in visit.Readings.Texts)
            Listen(vote.Source);
        if (visit.Readings.IsEmpty)
        {
            foreach (var source in bay.Pictures.Keys.Concat(bay.Contacts.Keys))
                Listen(source);
        }

        if (!isKnown)
        {
            foreach (var source in WitnessesOf(state.Layout, bay.Bay, visit))
                Listen(source);
        }

        return silent;

        // To one that would still see the vehicle if it were there.
        void Listen(string source)
        {
            isKnown |= state.Sources.ContainsKey(source);
            if (state.Sources.TryGetValue(source, out var status) && status.Up)
                silent = (ObservedAt.Later(silent?.Since ?? LastSeen(state, bay, visit), status.Since), source);
        }
    }

    /// <summary>The sources that may still notice a vehicle's leaving when those that showed it have been taken away.</summary>
    /// <remarks>A reader never hears a vehicle without a tag, whether it stands there or not.</remarks>
    public static IEnumerable<string> WitnessesOf(BayLayout layout, string bay, Visit visit)
    {
        var readers = layout.ReadersOf(bay);
        return !visit.Tags.IsEmpty && readers.Any() ? readers : layout.SourcesOf(bay).Except(readers);
    }

    private static ObservedAt LastSeen(TrackerState state, BayState bay, Visit visit) =>
        (visit.Tags.IsEmpty ? Surroundings.LastShown(state, bay, visit) : visit.SeenAt) is { } seen ? ObservedAt.Later(seen, visit.LastSign) : visit.LastSign;
}
