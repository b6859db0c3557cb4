using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Bays;

/// <summary>Puts evidence into words for the "why" of an event.</summary>
internal static class Describe
{
    // Below this nobody could say what the pictures show.
    private const double UnclearNats = 1;

    public static Evidence Tag(string tag, Hearing hearing, double? nats = null) => hearing.StrongestDbm is { } rssi
        ? Sentences.TagReadAtLevel.Of(hearing.Source, "tag", nats, ("tag", tag), ("reads", hearing.Reads), ("rssi", string.Create(CultureInfo.InvariantCulture, $"{rssi:0.#} dBm")))
        : Sentences.TagRead.Of(hearing.Source, "tag", nats, ("tag", tag), ("reads", hearing.Reads));

    /// <param name="source">Null where another device has its vehicle and does not hear it: it is named by that device.</param>
    public static Evidence HeardElsewhere(string tag, string? source, string bay, double nats) => source is null
        ? Sentences.TagMoved.Of(bay[..Math.Max(0, bay.IndexOf('/'))], KindOf(bay), nats, ("tag", tag), ("bay", bay))
        : Sentences.TagHeardElsewhere.Of(source, KindOf(bay), nats, ("tag", tag), ("bay", bay));

    public static Evidence Plate(PlateReading plate, double? nats = null) => Sentences.PlateRead.Of(
        plate.Source, "plate", nats, ("plate", plate.Text), ("readings", plate.Readings), ("confidence", plate.BestConfidence.ToString("0.00", CultureInfo.InvariantCulture)));

    public static Evidence Stated(string plate) => Sentences.PlateStated.Of("person", "plate", null, ("plate", plate));

    public static Evidence Contact(string source, ContactState contact, double nats) =>
        Since(contact.Closed).Of(source, "presence", nats, ("time", contact.Since.Wall));

    public static Evidence Pictures(string source, OccupancyFilter filter, double nats)
    {
        if (Math.Abs(nats) < UnclearNats)
            return Sentences.PicturesUnclear.Of(source, "occupancy", nats);
        var occupied = filter.LogOddsOfOccupied > 0;
        return Since(occupied).Of(source, "occupancy", nats, ("time", (occupied ? filter.ToOccupied : filter.ToEmpty).Since.Wall));
    }

    public static Evidence Change(string source, bool wasSeen, double nats) =>
        (wasSeen ? Sentences.ChangeSeen : Sentences.NoChangeSeen).Of(source, "occupancy", nats);

    public static Evidence Leftover(double nats) => Sentences.Leftover.Of("configuration", "configuration", nats);

    public static Evidence Unwatched(double nats) => Sentences.Unwatched.Of("configuration", "configuration", nats);

    public static Evidence Silence(LeaveRule.Silence silence, double nats) =>
        (silence.Length < SilenceLedger.Shortest ? Sentences.SeenLately : SilentAfter(silence.Onset)).Of(silence.Source, "silence", nats, ("length", silence.Length));

    public static Evidence Moved(string tag, Hearing there, double nats) =>
        Sentences.TagMoved.Of(there.Source, KindOf(there.Bay), nats, ("tag", tag), ("bay", there.Bay));

    public static Evidence Moved(string plate, string source, string bay, double? nats = null) =>
        Sentences.PlateMoved.Of(source, "plate", nats, ("plate", plate), ("bay", bay));

    public static Evidence Succeeded(string tag, Hearing next, double nats) => Sentences.TagSucceeded.Of(next.Source, "tag", nats, ("tag", tag));

    public static Evidence NoWitness() => Sentences.NoWitness.Of("configuration", "configuration", null);

    public static Evidence Removed() => Sentences.BayRemoved.Of("configuration", "configuration", null);

    public static Evidence Expected(string reference, string? instead) => instead is null
        ? Sentences.ExpectedAs.Of("vehicles", "expected", null, ("ref", reference))
        : Sentences.ExpectedThough.Of("vehicles", "expected", null, ("ref", reference), ("plate", instead));

    private static Sentence Since(bool occupied) => occupied ? Sentences.OccupiedSince : Sentences.EmptySince;

    private static Sentence SilentAfter(Onset onset) => onset switch
    {
        Onset.Sinking => Sentences.SilentAfterSinking,
        Onset.Falling => Sentences.SilentAfterFading,
        Onset.Passing => Sentences.SilentAfterPassing,
        _ => Sentences.SilentSuddenly,
    };

    // A bay of another device is written with it.
    private static string KindOf(string bay) => bay.Contains('/') ? "neighbour" : "tag";
}
