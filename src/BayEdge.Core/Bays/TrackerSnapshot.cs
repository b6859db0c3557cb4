using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Writes the bays down so that a power cut neither invents nor ends a visit.</summary>
public static class TrackerSnapshot
{
    /// <param name="bootId">Of the computer's present start; monotonic times mean nothing under another.</param>
    public static byte[] Write(TrackerState state, string bootId) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new SavedBays(
                bootId,
                state.Now,
                [.. state.Bays.Values],
                [.. state.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new SavedTag(tag.Key, tag.Value))],
                state.Pending,
                state.TidiedAt),
            SnapshotJson.Default.SavedBays);

    /// <summary>Puts saved bays into a fresh state; a visit ends whose bay is no longer configured, or not watched.</summary>
    /// <exception cref="JsonException">This is no snapshot, or one of another version.</exception>
    public static RestoredBays Restore(TrackerState fresh, ReadOnlySpan<byte> snapshot, string bootId)
    {
        var saved = JsonSerializer.Deserialize(snapshot, SnapshotJson.Default.SavedBays) ?? throw new JsonException("The snapshot is empty.");
        if (saved.Bays.Any(HasHoles) || saved.Tags.Any(HasHoles) || saved.Pending.Any(heard => heard.Tag is null || heard.Bay is null))
            throw new JsonException("The snapshot has empty places where bays or tracks should be.");
        var rebase = saved.BootId == bootId ? at => at : (Func<ObservedAt, ObservedAt>)(at => Rebase(at, saved.SavedAt, fresh.Now));
        var (state, left, removed) = (fresh with { TidiedAt = rebase(saved.TidiedAt), Pending = saved.Pending }, new List<Transition>(), new List<string>());
        foreach (var bay in saved.Bays.Select(bay => Rebase(bay, rebase)))
        {
            if (fresh.Bays.Contains(bay.Bay))
            {
                var kept = WithoutStrangers(bay, fresh.Layout);
                if (kept.Visit is { } unseen && !LeaveRule.WitnessesOf(fresh.Layout, bay.Bay, unseen).Any())
                {
                    left.Add(Remove(bay.Bay, unseen, fresh.Now, Describe.NoWitness()));
                    kept = kept with { Visit = null, Since = unseen.Support };
                }

                state = state.With(kept);
                continue;
            }

            removed.Add(bay.Bay);
            if (bay.Visit is { } visit)
                left.Add(Remove(bay.Bay, visit, fresh.Now, Describe.Removed()));
        }

        state = state with { Tags = Tags(saved, state.Bays, rebase, removed) };
        state = state with { Pending = [.. state.Pending.Where(heard => !removed.Contains(heard.Bay))] };
        // Their names may be taken now.
        state = left.Count > 0 ? BayTracker.Schedule(IdentifyRule.Reconsider(state), state.Layout.Bays) : BayTracker.Schedule(state, []);
        return new RestoredBays(state, [.. left], [.. removed], saved.SavedAt.Wall);
    }

    private static TagTable Tags(SavedBays saved, BayTable bays, Func<ObservedAt, ObservedAt> rebase, List<string> removed) => TagTable.Of(
        saved.Tags.Select(tag =>
        KeyValuePair.Create(
            tag.Tag,
            tag.Heard with
            {
                Places = [.. tag.Heard.Places.Where(place => !removed.Contains(place.Bay)).Select(place => place with
                {
                    FirstAt = rebase(place.FirstAt), LastAt = rebase(place.LastAt), NearAt = rebase(place.NearAt), LookedAt = rebase(place.LookedAt),
                    Pause = place.Pause is { } pause ? new Pause(rebase(pause.From), rebase(pause.To)) : null, LoudSince = place.LoudSince is { } loud ? rebase(loud) : null,
                    FartherSince = place.FartherSince is { } farther ? rebase(farther) : null,
                    Rises = [.. place.Rises.Select(rise => rise with { At = rebase(rise.At) })],
                })],
                HeldBy = tag.Heard.HeldBy is { } held ? held with { ToldAt = rebase(held.ToldAt) } : null,
                VisitIn = tag.Heard.VisitIn is { } visited && bays.Find(visited)?.Visit?.Tags.Contains(tag.Tag) is true ? visited : null,
            })));

    // Nobody will look there again, so the visit ends with what is known.
    private static VehicleLeft Remove(string bay, Visit visit, ObservedAt now, Evidence why) => new(
        bay, visit.Id, VehicleOf.Visit(visit), visit.Support, visit.Support, now, now, [why], visit.EnteredAt);

    // The serializer checks the members of a record for null, not the items of a collection.
    private static bool HasHoles(BayState? bay) =>
        bay is null || bay.Pictures.ContainsValue(null!) || bay.Contacts.ContainsValue(null!) || bay.Habits.Ahead.ContainsValue(null!)
        || bay.Readings.Texts.Contains(null!) || bay.Habits.Silences.IsMisshapen || HasHoles(bay.Visit) || HasHoles(bay.Former?.Visit);

    private static bool HasHoles(Visit? visit) =>
        visit is not null && (visit.Tags.Contains(null!) || visit.Readings.Texts.Contains(null!)
            || visit.Silences.IsMisshapen || visit.Told?.Tags.Contains(null!) is true);

    private static bool HasHoles(SavedTag? tag) => tag is null || tag.Heard.Places.Contains(null!);

    // A contact or camera that was taken off the bay can no longer say that the vehicle has gone.
    private static BayState WithoutStrangers(BayState bay, BayLayout layout) => bay with
    {
        Contacts = bay.Contacts.RemoveRange(bay.Contacts.Keys.Where(source => !layout.SourcesOf(bay.Bay).Contains(source))),
        Pictures = bay.Pictures.RemoveRange(bay.Pictures.Keys.Where(source => !layout.SourcesOf(bay.Bay).Contains(source))),
    };

    // Across a boot only the calendar connects the two monotonic clocks; nothing lies in the future, whatever it says.
    // Within the boot before, the distances stay as its own clock measured them.
    private static ObservedAt Rebase(ObservedAt at, ObservedAt savedAt, ObservedAt now)
    {
        var off = now.Wall - savedAt.Wall;
        var savedMonotonic = now.Monotonic - (off > TimeSpan.Zero ? off : TimeSpan.Zero);
        return at.OnClockOf(savedAt) with { Monotonic = savedMonotonic - (savedAt - at), BootsAgo = at.BootsAgo + 1 };
    }

    private static BayState Rebase(BayState bay, Func<ObservedAt, ObservedAt> rebase) => bay with
    {
        Since = bay.Since is { } since ? rebase(since) : null,
        Due = bay.Due is { } due ? rebase(due) : null,
        Visit = bay.Visit is { } visit ? Rebase(visit, rebase) : null,
        Former = bay.Former is { } former ? former with { Visit = Rebase(former.Visit, rebase), LeftAt = rebase(former.LeftAt) } : null,
        Readings = Rebase(bay.Readings, rebase),
        Pictures = Rebase(bay.Pictures, filter => filter with
        {
            LastAt = rebase(filter.LastAt), ToOccupied = Rebase(filter.ToOccupied, rebase), ToEmpty = Rebase(filter.ToEmpty, rebase),
        }),
        Contacts = Rebase(bay.Contacts, contact => contact with
        {
            Since = rebase(contact.Since), LastAt = rebase(contact.LastAt), ChangedAt = rebase(contact.ChangedAt), Before = contact.Before is { } before ? rebase(before) : null,
        }),
    };

    private static Visit Rebase(Visit visit, Func<ObservedAt, ObservedAt> rebase) => visit with
    {
        EnteredAt = rebase(visit.EnteredAt),
        EnteredEarliest = visit.EnteredEarliest is { } earliest ? rebase(earliest) : null,
        EnteredLatest = visit.EnteredLatest is { } latest ? rebase(latest) : null,
        Support = rebase(visit.Support),
        PassedAt = visit.PassedAt is { } passed ? rebase(passed) : null,
        AsideAt = visit.AsideAt is { } aside ? rebase(aside) : null,
        SeenAt = visit.SeenAt is { } seen ? rebase(seen) : null,
        Readings = Rebase(visit.Readings, rebase),
    };

    private static PlateVotes Rebase(PlateVotes votes, Func<ObservedAt, ObservedAt> rebase) =>
        new([.. votes.Texts.Select(vote => vote with { FirstAt = rebase(vote.FirstAt), LastAt = rebase(vote.LastAt) })], votes.LongestPause);

    private static Turn Rebase(Turn turn, Func<ObservedAt, ObservedAt> rebase) => turn with { Since = rebase(turn.Since), Before = rebase(turn.Before) };

    private static ImmutableSortedDictionary<string, T> Rebase<T>(ImmutableSortedDictionary<string, T> values, Func<T, T> rebase) =>
        values.ToImmutableSortedDictionary(value => value.Key, value => rebase(value.Value), StringComparer.Ordinal);
}

/// <summary>What a snapshot gave back.</summary>
/// <param name="Transitions">The ends of visits that nobody watches any more.</param>
/// <param name="Removed">The bays that are no longer configured, with and without a visit.</param>
/// <param name="SavedAt">Up to when the snapshot knew everything, by the clock of then.</param>
public sealed record RestoredBays(TrackerState State, ImmutableArray<Transition> Transitions, ImmutableArray<string> Removed, DateTimeOffset SavedAt);

internal sealed record SavedBays(
    string BootId, ObservedAt SavedAt, ImmutableArray<BayState> Bays, ImmutableArray<SavedTag> Tags, ImmutableArray<Heard> Pending, ObservedAt TidiedAt);

internal sealed record SavedTag(string Tag, HeardTag Heard);

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SavedBays))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
