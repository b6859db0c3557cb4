using BayEdge.Contracts.Events;
using System.Globalization;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Bays;

/// <summary>Puts evidence into words for the "why" of an event.</summary>
internal static class Describe
{
    public static Evidence Tag(string tag, Hearing hearing, double? nats = null) => new(
        hearing.Source,
        "tag",
        hearing.StrongestDbm is { } rssi
            ? Say($"tag {tag} read {hearing.Reads} times, strongest {rssi:0.#} dBm")
            : Say($"tag {tag} read {hearing.Reads} times"),
        Round(nats));

    public static Evidence Plate(PlateReading plate, double? nats = null) => new(
        plate.Source, "plate", Say($"plate {plate.Text} read {plate.Readings} times, best confidence {plate.BestConfidence:0.00}"), Round(nats));

    public static Evidence Contact(string source, ContactState contact, double nats) => new(
        source, "presence", Say($"{(contact.Closed ? "occupied" : "empty")} since {contact.Since.Wall.UtcDateTime:HH:mm:ss}Z"), Round(nats));

    public static Evidence Pictures(string source, OccupancyFilter filter, double nats)
    {
        var occupied = filter.LogOddsOfOccupied > 0;
        var since = (occupied ? filter.ToOccupied : filter.ToEmpty).Since;
        return new(source, "occupancy", Say($"{(occupied ? "occupied" : "empty")} since {since.Wall.UtcDateTime:HH:mm:ss}Z"), Round(nats));
    }

    public static Evidence Silence(string source, TimeSpan silence, Onset onset, double nats) => new(
        source,
        "silence",
        Say($"nothing seen of the vehicle for {silence.TotalSeconds:0.#} s, {OnsetOf(onset)}"),
        Round(nats));

    public static Evidence Moved(string tag, Hearing there, double nats) => new(there.Source, "tag", Say($"tag {tag} is now clearly in {there.Bay}"), Round(nats));

    public static Evidence Moved(string plate, string source, string bay) => new(source, "plate", Say($"plate {plate} is now read in {bay}"));

    public static Evidence Succeeded(string tag, Hearing next, double nats) => new(next.Source, "tag", Say($"tag {tag} stands in the bay now"), Round(nats));

    public static Evidence Removed() => new("configuration", "configuration", "the bay was taken out of the configuration");

    public static Evidence Expected(string reference, string? instead) => new(
        "vehicles", "expected", instead is null ? Say($"expected as {reference}") : Say($"expected as {reference}; {instead} was read"));

    private static string OnsetOf(Onset onset) => onset switch
    {
        Onset.Sinking => "after its tag had grown weaker",
        Onset.Falling => "after its tag had faded away",
        Onset.Passing => "after it was heard on its way out",
        _ => "from one moment to the next",
    };

    private static double? Round(double? nats) => nats is { } value ? Math.Round(value, 1) : null;

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
