namespace BayEdge.Core.Bays;

/// <summary>Whose silence speaks for a departure.</summary>
internal static class Witnesses
{
    /// <summary>
    /// The sources that would still see the vehicle if it were there. A tag is read for as long as it stands there, a plate
    /// only while it faces the camera: where a tag speaks, it does not matter whether the camera works. A source that
    /// never saw this vehicle may be down for weeks without keeping the visit open.
    /// </summary>
    /// <returns>Only sources that look at the bay; when none of those that saw the vehicle is left, all of them.</returns>
    public static List<string> Of(TrackerState state, BayState bay, Visit visit)
    {
        var sources = new List<string>(2);
        foreach (var tag in visit.Tags)
        {
            if (bay.Tags.TryGetValue(tag, out var track))
                Add(state, bay, sources, track.Source);
        }

        if (sources.Count > 0)
            return sources;

        if (visit.Plate is { } plate && bay.Plates.TryGetValue(plate, out var reading))
            Add(state, bay, sources, reading.Source);
        foreach (var (source, track) in bay.Presence)
        {
            if (track.Occupied)
                Add(state, bay, sources, source);
        }

        return sources.Count > 0 ? sources : [.. state.Layout.SourcesOf(bay.Bay)];
    }

    /// <summary>The longest silence so far of whichever sign of the vehicle was seen most steadily.</summary>
    public static TimeSpan ShortestGap(BayState bay, Visit visit)
    {
        TimeSpan? shortest = null;
        foreach (var tag in visit.Tags)
        {
            if (bay.Tags.TryGetValue(tag, out var track) && (shortest is null || track.LongestGap < shortest))
                shortest = track.LongestGap;
        }

        if (shortest is null && visit.Plate is { } plate && bay.Plates.TryGetValue(plate, out var reading))
            shortest = reading.LongestGap;
        return shortest ?? TimeSpan.Zero;
    }

    private static void Add(TrackerState state, BayState bay, List<string> sources, string source)
    {
        if (state.Layout.SourcesOf(bay.Bay).Contains(source))
            sources.Add(source);
    }
}
