using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Writes the bays down so that a power cut neither invents nor ends a visit.</summary>
public static class TrackerSnapshot
{
    /// <param name="bootId">Of the computer's present start; monotonic times mean nothing under another.</param>
    public static byte[] Write(TrackerState state, string bootId) =>
        JsonSerializer.SerializeToUtf8Bytes(new SavedBays(bootId, state.Now, [.. state.Bays.Values]), SnapshotJson.Default.SavedBays);

    /// <summary>Puts saved bays into a fresh state; the visit of a bay that is no longer configured ends.</summary>
    /// <exception cref="JsonException">This is no snapshot, or one of another version.</exception>
    public static RestoredBays Restore(TrackerState fresh, ReadOnlySpan<byte> snapshot, string bootId)
    {
        var saved = JsonSerializer.Deserialize(snapshot, SnapshotJson.Default.SavedBays) ?? throw new JsonException("The snapshot is empty.");
        if (saved.Bays.Any(HasHoles))
            throw new JsonException("The snapshot has empty places where bays or tracks should be.");
        var rebase = saved.BootId == bootId ? at => at : (Func<ObservedAt, ObservedAt>)(at => Rebase(at, saved.SavedAt, fresh.Now));
        var (state, left, removed) = (fresh, new List<Transition>(), new List<string>());
        foreach (var bay in saved.Bays.Select(bay => Rebase(bay, rebase)))
        {
            if (fresh.Bays.ContainsKey(bay.Bay))
            {
                state = state.With(WithoutStrangers(bay, fresh.Layout));
                continue;
            }

            removed.Add(bay.Bay);
            if (bay.Visit is { } visit)
                left.Add(Remove(bay.Bay, visit, fresh.Now));
        }

        return new RestoredBays(BayTracker.Schedule(state, state.Layout.Bays), [.. left], [.. removed], saved.SavedAt.Wall);
    }

    // Nobody will look there again, so the visit ends with what is known.
    private static VehicleLeft Remove(string bay, Visit visit, ObservedAt now) => new(
        bay, visit.Id, VehicleOf.Visit(visit), visit.Support, visit.Support, now, now, [Describe.Removed()], visit.EnteredAt);

    // The serializer checks the members of a record for null, not the items of a collection.
    private static bool HasHoles(BayState? bay) =>
        bay is null || bay.Tags.ContainsValue(null!) || bay.Plates.ContainsValue(null!) || bay.Presence.ContainsValue(null!);

    // A contact that was taken off the bay can no longer say that the vehicle has gone.
    private static BayState WithoutStrangers(BayState bay, BayLayout layout) => bay with
    {
        Presence = bay.Presence.RemoveRange(bay.Presence.Keys.Where(source => !layout.SourcesOf(bay.Bay).Contains(source))),
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
        Visit = bay.Visit is { } visit ? visit with { EnteredAt = rebase(visit.EnteredAt), Support = rebase(visit.Support) } : null,
        Tags = Rebase(bay.Tags, track => track with { FirstAt = rebase(track.FirstAt), LastAt = rebase(track.LastAt) }),
        Plates = Rebase(bay.Plates, track => track with { FirstAt = rebase(track.FirstAt), LastAt = rebase(track.LastAt) }),
        Presence = Rebase(bay.Presence, track => track with { Since = rebase(track.Since), LastAt = rebase(track.LastAt) }),
    };

    private static ImmutableSortedDictionary<string, T> Rebase<T>(ImmutableSortedDictionary<string, T> tracks, Func<T, T> rebase) =>
        tracks.ToImmutableSortedDictionary(track => track.Key, track => rebase(track.Value), StringComparer.Ordinal);
}

/// <summary>What a snapshot gave back.</summary>
/// <param name="Transitions">The ends of visits in bays that are no longer configured.</param>
/// <param name="Removed">These bays, with and without a visit.</param>
/// <param name="SavedAt">Up to when the snapshot knew everything, by the clock of then.</param>
public sealed record RestoredBays(TrackerState State, ImmutableArray<Transition> Transitions, ImmutableArray<string> Removed, DateTimeOffset SavedAt);

internal sealed record SavedBays(string BootId, ObservedAt SavedAt, ImmutableArray<BayState> Bays);

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SavedBays))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
