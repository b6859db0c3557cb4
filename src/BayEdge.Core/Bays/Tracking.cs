using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Keeps a bay's tracks up to date with each sighting.</summary>
internal static class Tracking
{
    private const double RssiSmoothing = 0.1;

    public static BayState Observe(TrackerState state, BayState bay, Sighting sighting)
    {
        // A late report from before the last departure says nothing of the next vehicle.
        if (bay.Visit is null && bay.Since is { } vacantSince && sighting.At.Monotonic <= vacantSince.Monotonic)
            return bay;

        return sighting switch
        {
            TagSighting tag => Observe(state, bay, tag),
            PlateSighting plate => Observe(state, bay, plate),
            PresenceSighting contact => Observe(bay, contact.Source, contact.At, contact.Present, isContact: true, TimeSpan.MaxValue),
            OccupancySighting picture => Observe(bay, picture, state.Options),
            _ => bay,
        };
    }

    private static BayState Observe(TrackerState state, BayState bay, TagSighting tag)
    {
        var known = bay.Tags.GetValueOrDefault(tag.Tag);
        var isVisitor = bay.Visit is { } visit && visit.Tags.Contains(tag.Tag);
        var track = known is null || (!isVisitor && tag.At - known.LastAt > state.Options.LeaveSilence)
            ? new TagTrack(tag.Source, tag.At, tag.At, tag.Count, tag.RssiDbm, tag.RssiDbm, TimeSpan.Zero)
            : Continue(known, tag, UpSince(state, tag));
        if (known is not null && !isVisitor && (IsWithAnother(bay, tag.Tag, track) || BayComparison.IsElsewhere(state, bay.Bay, tag.Tag, track)))
            track = track with { FirstAt = tag.At, Reads = tag.Count, LongestGap = TimeSpan.Zero };

        var tags = known is null ? bay.Tags.RemoveRange(AbsentTags(bay, tag.At, state.Options)) : bay.Tags;
        bay = bay with { Tags = tags.SetItem(tag.Tag, track) };
        return isVisitor ? Support(bay, tag.At) : bay;
    }

    private static TagTrack Continue(TagTrack known, TagSighting tag, ObservedAt upSince) => known with
    {
        Source = tag.Source,
        LastAt = ObservedAt.Later(tag.At, known.LastAt),
        Reads = known.Reads + tag.Count,
        MeanRssiDbm = Smooth(known.MeanRssiDbm, tag.RssiDbm),
        StrongestRssiDbm = Max(known.StrongestRssiDbm, tag.RssiDbm),
        LongestGap = Longest(known.LongestGap, tag.At - ObservedAt.Later(known.LastAt, upSince)),
    };

    // While the vehicle of the visit is being read, another tag is a passer-by's: only what comes after it may be the next one.
    private static bool IsWithAnother(BayState bay, string tag, TagTrack track) =>
        bay.Visit is { Tags.IsEmpty: false } visit && !visit.Tags.Contains(tag) && visit.Support.Monotonic >= track.FirstAt.Monotonic;

    private static BayState Observe(TrackerState state, BayState bay, PlateSighting plate)
    {
        var known = bay.Plates.GetValueOrDefault(plate.Text);
        var isVisitor = bay.Visit is { } visit && visit.Plate == plate.Text;
        var isWithAnother = known is not null && bay.Visit is { Plate: not null } other && !isVisitor && other.Support.Monotonic >= known.FirstAt.Monotonic;
        var track = known is null || isWithAnother || (!isVisitor && plate.At - known.LastAt > state.Options.LeaveSilence)
            ? new PlateTrack(plate.Source, plate.At, plate.At, 1, plate.Confidence, TimeSpan.Zero)
            : known with
            {
                Source = plate.Source,
                LastAt = ObservedAt.Later(plate.At, known.LastAt),
                Readings = known.Readings + 1,
                BestConfidence = Math.Max(known.BestConfidence, plate.Confidence),
                LongestGap = Longest(known.LongestGap, plate.At - ObservedAt.Later(known.LastAt, UpSince(state, plate))),
            };
        var plates = known is null ? bay.Plates.RemoveRange(AbsentPlates(bay, plate.At, state.Options)) : bay.Plates;
        bay = bay with { Plates = plates.SetItem(plate.Text, track) };
        return isVisitor ? Support(bay, plate.At) : bay;
    }

    private static BayState Observe(BayState bay, OccupancySighting picture, TrackerOptions options)
    {
        // Between the two thresholds the picture says nothing.
        if (picture.Occupied < options.OccupiedFrom && picture.Occupied > 1 - options.OccupiedFrom)
            return bay;
        return Observe(bay, picture.Source, picture.At, picture.Occupied >= options.OccupiedFrom, isContact: false, options.LeaveSilence);
    }

    // A source's own order holds: a late report does not undo a newer one.
    private static BayState Observe(BayState bay, string source, ObservedAt at, bool occupied, bool isContact, TimeSpan holdsFor)
    {
        var known = bay.Presence.GetValueOrDefault(source);
        if (known is not null && at.Monotonic < known.LastAt.Monotonic)
            return bay;

        var track = known is not null && known.Occupied == occupied && at - known.LastAt <= holdsFor
            ? known with { LastAt = at }
            : new PresenceTrack(occupied, at, at, isContact);
        bay = bay with { Presence = bay.Presence.SetItem(source, track) };
        return occupied && bay.Visit is not null ? Support(bay, at) : bay;
    }

    private static ObservedAt UpSince(TrackerState state, Sighting sighting) => state.Sources[sighting.Source].Since;

    // Whatever passes a bay for years must not pile up in memory.
    private static IEnumerable<string> AbsentTags(BayState bay, ObservedAt now, TrackerOptions options) => bay.Tags
        .Where(tag => now - tag.Value.LastAt > options.LeaveSilence && bay.Visit?.Tags.Contains(tag.Key) != true)
        .Select(tag => tag.Key);

    private static IEnumerable<string> AbsentPlates(BayState bay, ObservedAt now, TrackerOptions options) => bay.Plates
        .Where(plate => now - plate.Value.LastAt > options.LeaveSilence && bay.Visit?.Plate != plate.Key)
        .Select(plate => plate.Key);

    private static BayState Support(BayState bay, ObservedAt at) =>
        bay with { Visit = bay.Visit! with { Support = ObservedAt.Later(at, bay.Visit.Support) } };

    private static double? Smooth(double? mean, double? value) =>
        mean is null ? value : value is null ? mean : mean + (RssiSmoothing * (value - mean));

    private static double? Max(double? a, double? b) => a is null || b > a ? b : a;

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a >= b ? a : b;
}
