using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Keeps a bay's tracks up to date with each sighting.</summary>
internal static class Tracking
{
    // Reads of a parked car vary by a few dB; a read this far below the mean more likely comes from elsewhere.
    private const double StrongWithinDb = 10;

    private const double RssiSmoothing = 0.1;

    public static BayState Observe(BayState bay, Sighting sighting, TrackerOptions options) => sighting switch
    {
        TagSighting tag => Observe(bay, tag, options),
        PlateSighting plate => Observe(bay, plate, options),
        PresenceSighting contact => Observe(bay, contact.Source, contact.At, contact.Present, isContact: true),
        OccupancySighting picture => Observe(bay, picture, options),
        _ => bay,
    };

    private static BayState Observe(BayState bay, TagSighting tag, TrackerOptions options)
    {
        var known = bay.Tags.GetValueOrDefault(tag.Tag);
        var track = known is null || (tag.At - known.LastAt > options.LongestLeaveSilence && !BelongsToVisit(bay, tag.Tag))
            ? new TagTrack(tag.Source, tag.At, tag.At, tag.Count, tag.RssiDbm, tag.RssiDbm, tag.At, TimeSpan.Zero)
            : Continue(known, tag);
        var tags = known is null ? bay.Tags.RemoveRange(StaleTags(bay, tag.At, options)) : bay.Tags;
        bay = bay with { Tags = tags.SetItem(tag.Tag, track) };
        return BelongsToVisit(bay, tag.Tag) ? Support(bay, tag.At) : bay;
    }

    private static TagTrack Continue(TagTrack known, TagSighting tag)
    {
        var strong = tag.RssiDbm is not { } rssi || known.MeanRssiDbm is not { } mean || rssi >= mean - StrongWithinDb;
        return known with
        {
            Source = tag.Source,
            LastAt = ObservedAt.Later(tag.At, known.LastAt),
            Reads = known.Reads + tag.Count,
            MeanRssiDbm = Smooth(known.MeanRssiDbm, tag.RssiDbm),
            StrongestRssiDbm = Max(known.StrongestRssiDbm, tag.RssiDbm),
            LastStrongAt = strong ? ObservedAt.Later(tag.At, known.LastStrongAt) : known.LastStrongAt,
            LongestGap = Longest(known.LongestGap, tag.At - known.LastAt),
        };
    }

    private static BayState Observe(BayState bay, PlateSighting plate, TrackerOptions options)
    {
        var known = bay.Plates.GetValueOrDefault(plate.Text);
        var track = known is null || (plate.At - known.LastAt > options.LongestLeaveSilence && bay.Visit?.Plate != plate.Text)
            ? new PlateTrack(plate.Source, plate.At, plate.At, 1, plate.Confidence, TimeSpan.Zero)
            : known with
            {
                Source = plate.Source,
                LastAt = ObservedAt.Later(plate.At, known.LastAt),
                Readings = known.Readings + 1,
                BestConfidence = Math.Max(known.BestConfidence, plate.Confidence),
                LongestGap = Longest(known.LongestGap, plate.At - known.LastAt),
            };
        var plates = known is null ? bay.Plates.RemoveRange(StalePlates(bay, plate.At, options)) : bay.Plates;
        bay = bay with { Plates = plates.SetItem(plate.Text, track) };
        return bay.Visit?.Plate == plate.Text ? Support(bay, plate.At) : bay;
    }

    private static BayState Observe(BayState bay, OccupancySighting picture, TrackerOptions options)
    {
        // Between the two thresholds the picture says nothing.
        if (picture.Occupied < options.OccupiedFrom && picture.Occupied > 1 - options.OccupiedFrom)
            return bay;
        return Observe(bay, picture.Source, picture.At, picture.Occupied >= options.OccupiedFrom, isContact: false);
    }

    private static BayState Observe(BayState bay, string source, ObservedAt at, bool occupied, bool isContact)
    {
        var track = bay.Presence.TryGetValue(source, out var known) && known.Occupied == occupied
            ? known with { LastAt = at }
            : new PresenceTrack(occupied, at, at, isContact);
        bay = bay with { Presence = bay.Presence.SetItem(source, track) };
        return occupied && bay.Visit is not null ? Support(bay, at) : bay;
    }

    // Whatever passes a bay for years must not pile up in memory.
    private static IEnumerable<string> StaleTags(BayState bay, ObservedAt now, TrackerOptions options) =>
        bay.Tags.Where(tag => now - tag.Value.LastAt > options.LongestLeaveSilence && !BelongsToVisit(bay, tag.Key)).Select(tag => tag.Key);

    private static IEnumerable<string> StalePlates(BayState bay, ObservedAt now, TrackerOptions options) =>
        bay.Plates.Where(plate => now - plate.Value.LastAt > options.LongestLeaveSilence && bay.Visit?.Plate != plate.Key).Select(plate => plate.Key);

    private static bool BelongsToVisit(BayState bay, string tag) => bay.Visit is { } visit && visit.Tags.Contains(tag);

    private static BayState Support(BayState bay, ObservedAt at) =>
        bay with { Visit = bay.Visit! with { Support = ObservedAt.Later(at, bay.Visit.Support) } };

    private static double? Smooth(double? mean, double? value) =>
        mean is null ? value : value is null ? mean : mean + (RssiSmoothing * (value - mean));

    private static double? Max(double? a, double? b) => a is null || b > a ? b : a;

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a >= b ? a : b;
}
