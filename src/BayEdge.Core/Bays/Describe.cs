using System.Globalization;
using BayEdge.Contracts.Events;

namespace BayEdge.Core.Bays;

/// <summary>Puts tracks into words for the "why" of an event.</summary>
internal static class Describe
{
    public static Evidence Tag(string tag, TagTrack track) => new(
        track.Source,
        "tag",
        track.StrongestRssiDbm is { } rssi
            ? Say($"tag {tag} read {track.Reads} times, strongest {rssi:0.#} dBm")
            : Say($"tag {tag} read {track.Reads} times"));

    public static Evidence Plate(string plate, PlateTrack track) =>
        new(track.Source, "plate", Say($"plate {plate} read {track.Readings} times, best confidence {track.BestConfidence:0.00}"));

    public static Evidence Presence(string source, PresenceTrack track) =>
        new(source, track.IsContact ? "presence" : "occupancy", Say($"occupied since {track.Since.Wall.UtcDateTime:HH:mm:ss}Z"));

    public static Evidence Opened(string source, PresenceTrack track) =>
        new(source, "presence", Say($"empty since {track.Since.Wall.UtcDateTime:HH:mm:ss}Z"));

    public static Evidence Silence(string source, TimeSpan silence) =>
        new(source, "silence", Say($"nothing seen of the vehicle for {silence.TotalSeconds:0.#} s"));

    public static Evidence Moved(string tag, TagTrack track, string bay) =>
        new(track.Source, "tag", Say($"tag {tag} is now clearly in {bay}"));

    public static Evidence Moved(string plate, PlateTrack track, string bay) =>
        new(track.Source, "plate", Say($"plate {plate} is now read in {bay}"));

    public static Evidence Removed() => new("configuration", "configuration", "the bay was taken out of the configuration");

    public static Evidence Expected(string reference) => new("vehicles", "expected", Say($"expected as {reference}"));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
