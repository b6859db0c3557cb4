using System.Collections.Immutable;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Takes sightings in, without deciding anything.</summary>
internal static class Noting
{
    // Once it is heard elsewhere for longer than this, a vehicle is not just driving past.
    private static readonly TimeSpan PassingLasts = TimeSpan.FromSeconds(15);

    // Tags are heard that often, or they are hidden or gone.
    private static readonly TimeSpan SilentToWait = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan HabitLasts = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SilentToMatter = TimeSpan.FromSeconds(1);

    private const double UnusualDb = 6;
    private const double SurelyNats = 3;
    private const int HabitReads = 10;

    public static TrackerState Observe(TrackerState state, string bayId, Sighting sighting) => sighting switch
    {
        TagSighting tag => Hear(state, bayId, tag.Tag, tag.Source, tag.At, tag.RssiDbm, tag.Count),
        PlateSighting plate => state.With(Read(state.Bays[bayId], state, plate)),
        OccupancySighting picture => Look(state, state.Bays[bayId], picture),
        PresenceSighting contact => Touch(state, state.Bays[bayId], contact),
        _ => state,
    };

    /// <param name="bayId">Of this device, or <c>device/bay</c> of another.</param>
    public static TrackerState Hear(TrackerState state, string bayId, string tag, string source, ObservedAt at, double? rssiDbm, int count)
    {
        state = Tidy(state, at);
        var heard = state.Tags.Find(tag) ?? HeardTag.Unheard;
        var before = heard.In(bayId);
        var isVisitor = heard.VisitIn == bayId;
        var isNew = before is null || (!isVisitor && at - before.LastAt > state.Options.ForgetAfter);
        var now = before switch
        {
            null when heard.VisitIn is null && !Neighbours.AreHolding(heard, at, but: bayId) => Hearing.Begin(bayId, source, at, rssiDbm, count),
            null => Hearing.BeginBeside(bayId, source, at, rssiDbm, count),
            _ => isNew ? before.Again(source, at, rssiDbm, count) : before.With(source, at, rssiDbm, count),
        };
        if (isNew && heard.LeftBehindIn == bayId)
            heard = heard with { LeftBehindIn = null };
        var isCandidate = !isVisitor && now.Reads >= state.Options.EnterReads && now.Length >= state.Options.EnterDwell && heard.LeftBehindIn != bayId && now.IsDue(at);
        if (isCandidate)
            now = now with { LookedAt = at };
        var tags = state.Tags.With(tag, heard.With(now));
        if (isVisitor)
            return state with { Tags = tags, Bays = state.Bays.With(WithOwnReadings(Support(state, state.Bays[bayId], before ?? now, at))) };
        state = state with { Tags = tags, Pending = isCandidate ? AddPending(state, new Heard(tag, bayId)) : state.Pending };
        return heard.VisitIn is { } visited ? HearElsewhere(state, visited, before, rssiDbm, at) : state;
    }

    private static ImmutableArray<Heard> AddPending(TrackerState state, Heard heard) =>
        state.Pending.Contains(heard) ? state.Pending : state.Pending.Add(heard);

    private static BayState Support(TrackerState state, BayState bay, Hearing before, ObservedAt at)
    {
        var visit = bay.Visit!;
        if (at.Monotonic <= visit.Support.Monotonic)
            return bay;
        var listening = state.Sources.TryGetValue(before.Source, out var source) ? ListeningSince(source, at) : visit.Support;
        var silence = at - ObservedAt.Later(visit.LastSign, listening);
        if (silence < SilenceLedger.Shortest)
            return bay with { Visit = visit with { Support = at, PassedAt = null } };

        var onset = visit.PassedAt is null ? before.Onset() : Onset.Passing;
        return bay with
        {
            Visit = visit with { Support = at, PassedAt = null, Silences = visit.Silences.WithShadow(onset, silence) },
            Habits = bay.Habits with { Silences = bay.Habits.Silences.WithShadow(onset, silence) },
        };
    }

    // A read of the very instant in which its reader went down ends the silence as one before would, whichever of the two is noted first;
    // one of a reader that had been down shows that it just works again.
    private static ObservedAt ListeningSince(SourceStatus source, ObservedAt at) =>
        source.Up || at.Monotonic < source.Since.Monotonic ? source.Since : at.Monotonic == source.Since.Monotonic ? source.WorkedSince ?? source.Since : at;

    // The vehicle was only hidden, so what was read meanwhile is its own plate.
    private static BayState WithOwnReadings(BayState bay) => bay.Readings.IsEmpty ? bay : bay with
    {
        Visit = bay.Visit! with { Readings = bay.Visit.Readings.Plus(bay.Readings), WasSeen = true, HasNews = true },
        Readings = PlateVotes.None,
    };

    // The neighbours may go on hearing what is hidden from its own bay; heard as ever, the vehicle stands where it stood.
    private static TrackerState HearElsewhere(TrackerState state, string visited, Hearing? before, double? rssiDbm, ObservedAt at)
    {
        if (state.Bays.Find(visited) is not { } bay || bay.Visit is not { } visit || at - visit.Support < SilentToMatter)
            return state;
        var isUsual = before is { Reads: >= HabitReads } && before.FirstAt.Monotonic + HabitLasts < visit.Support.Monotonic
            && (rssiDbm is null || before.UsualDbm is null || rssiDbm.Value - before.UsualDbm.Value < UnusualDb);
        if (isUsual)
            return state.With(bay with { Visit = visit.HeardAside(at) });
        var wasHeardBefore = before?.UsualDbm is { } usual && rssiDbm is { } level && level - usual < UnusualDb;
        return !wasHeardBefore && at - visit.Support <= PassingLasts && visit.PassedAt is null ? state.With(bay with { Visit = visit with { PassedAt = at } }) : state;
    }

    private static BayState Read(BayState bay, TrackerState state, PlateSighting plate)
    {
        if (bay.Visit is { } visit && !MayBeNext(bay, visit, state, plate))
        {
            return bay with
            {
                // Whoever was read in between has passed.
                Readings = visit.Tags.IsEmpty ? PlateVotes.None : bay.Readings,
                Visit = visit with
                {
                    Readings = visit.Readings.With(plate.At, plate.Source, plate.Text, plate.Confidence),
                    Support = visit.Tags.IsEmpty ? ObservedAt.Later(visit.Support, plate.At) : visit.Support,
                    WasSeen = true,
                    HasNews = true,
                },
            };
        }

        // Beside its own plate another one is somebody's who passes, whichever of the two is noted first.
        if (bay.Visit is { Tags.IsEmpty: true } && plate.At.Monotonic <= bay.Visit.Support.Monotonic)
            return bay;

        // What is read while a vehicle may only be hidden is its own, however long that takes; of one without a tag its plate is known.
        var readings = bay.Visit is null or { Tags.IsEmpty: true }
            ? bay.Readings.Since(plate.At - state.Options.ForgetAfter)
            : bay.Readings;
        return bay with { Readings = readings.With(plate.At, plate.Source, plate.Text, plate.Confidence) };
    }

    // While the vehicle is silent, the plate may be that of the next one, unless the bay was seen occupied all the time. Without a tag
    // only its plate tells one vehicle from the next.
    private static bool MayBeNext(BayState bay, Visit visit, TrackerState state, PlateSighting plate)
    {
        if (visit.Plate == plate.Text)
            return false;
        var lastSign = visit.LastSignBefore(plate.At);
        var isSilent = visit.Tags.IsEmpty
            ? IsOfAnother(visit, plate) && !Surroundings.WasClosedBefore(state, bay, plate.At)
            : plate.At - lastSign > SilentToWait
                && visit.Tags.Any(tag => state.Tags.Find(tag)?.In(bay.Bay) is { } hearing && state.WorkedUntil(hearing.Source, plate.At) is not null);
        return isSilent && !Surroundings.WasSeenSince(state, bay, lastSign, plate.At);
    }

    // By what was known before this instant, for within it the order says nothing.
    private static bool IsOfAnother(Visit visit, PlateSighting plate) =>
        visit.Plate is { } told && !SamePlate.MayBe(told, plate.Text)
        && !visit.Readings.Texts.Any(vote => vote.FirstAt.Monotonic < plate.At.Monotonic && SamePlate.MayBe(vote.Text, plate.Text));

    private static TrackerState Look(TrackerState state, BayState bay, OccupancySighting picture)
    {
        var known = bay.Pictures.GetValueOrDefault(picture.Source) ?? OccupancyFilter.Begin(picture.At);
        var filter = known.With(picture.At, picture.Occupied);
        if (ReferenceEquals(filter, known))
            return state;
        var visit = bay.Visit is { } present && filter.LogOddsOfOccupied >= SurelyNats ? present with { SeenAt = picture.At, WasSeen = true } : bay.Visit;
        return state.With(bay with { Visit = visit, Pictures = bay.Pictures.SetItem(picture.Source, filter) });
    }

    private static TrackerState Touch(TrackerState state, BayState bay, PresenceSighting contact)
    {
        var known = bay.Contacts.GetValueOrDefault(contact.Source);
        var now = known?.With(contact.At, contact.Present) ?? new ContactState(contact.Present, contact.At, contact.At, contact.At);
        return ReferenceEquals(now, known) ? state : state.With(bay with { Contacts = bay.Contacts.SetItem(contact.Source, now) });
    }

    // Whatever passes the bays for years must not pile up in memory.
    public static TrackerState Tidy(TrackerState state, ObservedAt now)
    {
        if (now - state.TidiedAt < TidyEvery)
            return state;
        var tags = state.Tags;
        foreach (var (tag, heard) in state.Tags)
        {
            if (heard.VisitIn is null && heard.Places.All(place => now - place.LastAt > state.Options.ForgetAfter))
                tags = tags.Without(tag);
            else if (heard.WithoutElsewhereBefore(now - state.Options.LongestSilence) is var lately && !ReferenceEquals(lately, heard))
                tags = tags.With(tag, lately);
        }

        return state with { Tags = tags, TidiedAt = now };
    }
}
