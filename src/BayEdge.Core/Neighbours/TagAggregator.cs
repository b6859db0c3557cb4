using System.Collections.Immutable;
using BayEdge.Contracts.Neighbours;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Neighbours;

/// <summary>Gathers what this device's readers hear into seconds for the other devices of the site.</summary>
/// <remarks>Seconds are those of the monotonic clock since the start of the computer. Not for several threads at once.</remarks>
/// <param name="start">Seconds before this one are over.</param>
public sealed class TagAggregator(BayLayout layout, NeighbourOptions options, ObservedAt start)
{
    // However far ahead a reader's clock may be, it does not fill the memory.
    private const int MostSecondsAhead = 10;

    private readonly Dictionary<long, Dictionary<(string Bay, string Tag), Heard>> _seconds = [];
    private long _next = SecondOf(start);
    private ObservedAt? _lastTaken;
    private ObservedAt? _lastVisits;

    public void Add(TagSighting sighting)
    {
        var second = SecondOf(sighting.At);
        if (layout.BayOf(sighting) is not { } bay || !TagLimits.IsIdentity(sighting.Tag) || second > _next + MostSecondsAhead || IsTooLate(second))
            return;

        second = Math.Max(second, _next);
        if (!_seconds.TryGetValue(second, out var tags))
            _seconds[second] = tags = [];
        tags[(bay, sighting.Tag)] = tags.GetValueOrDefault((bay, sighting.Tag)).And(sighting);
    }

    /// <summary>The oldest second that is over and was not taken yet, if there is anything to say.</summary>
    /// <param name="visiting">The tags whose vehicle is in a visit, with its bay; named as often as a sign of life, heard or not.</param>
    /// <returns>Null when there is nothing to say yet; else there may be another one.</returns>
    public TagSecond? Take(ObservedAt now, IReadOnlySet<(string Bay, string Tag)> visiting)
    {
        var open = SecondOf(now - options.LateReads);
        while (_next < open)
        {
            var number = _next++;
            if (_seconds.Remove(number, out var tags) && EndOf(number, now) is var end && now - end <= options.LongestWait)
                return Taken(number, end, tags, visiting, now);
        }

        return open > SecondOf(start) && (_lastTaken is null || now - _lastTaken >= options.Heartbeat)
            ? Taken(open - 1, EndOf(open - 1, now), [], visiting, now)
            : null;
    }

    private static long SecondOf(ObservedAt at) => (long)Math.Floor(at.Monotonic.TotalSeconds);

    private static ObservedAt EndOf(long second, ObservedAt now) => now - (now.Monotonic - TimeSpan.FromSeconds(second + 1));

    private bool IsTooLate(long second) => TimeSpan.FromSeconds(_next - second) > options.LatestRead;

    private TagSecond Taken(
        long number, ObservedAt end, Dictionary<(string Bay, string Tag), Heard> tags, IReadOnlySet<(string Bay, string Tag)> visiting, ObservedAt now)
    {
        _lastTaken = now;
        ImmutableArray<NeighbourTag> unheard = [];
        if (_lastVisits is null || now - _lastVisits >= options.Heartbeat)
        {
            _lastVisits = now;
            unheard = Unheard(tags, visiting);
        }

        return new TagSecond(number, end, [.. Strongest(tags, visiting, NeighbourReport.MostTags - unheard.Length), .. unheard]);
    }

    private static ImmutableArray<NeighbourTag> Unheard(
        Dictionary<(string Bay, string Tag), Heard> tags, IReadOnlySet<(string Bay, string Tag)> visiting) =>
    [
        .. visiting
            .Where(visit => !tags.ContainsKey(visit) && TagLimits.IsIdentity(visit.Tag))
            .Order()
            .Take(NeighbourReport.MostTags)
            .Select(visit => new NeighbourTag { Bay = visit.Bay, Tag = visit.Tag, Reads = 0, Visiting = true }),
    ];

    private static ImmutableArray<NeighbourTag> Strongest(
        Dictionary<(string Bay, string Tag), Heard> tags, IReadOnlySet<(string Bay, string Tag)> visiting, int most) =>
    [
        .. tags
            .Select(tag => tag.Value.ToNeighbourTag(tag.Key.Bay, tag.Key.Tag, visiting.Contains(tag.Key)))
            .OrderByDescending(tag => tag.Visiting)
            .ThenByDescending(tag => tag.StrongestRssiDbm ?? double.NegativeInfinity)
            .ThenByDescending(tag => tag.Reads)
            .ThenBy(tag => tag.Bay, StringComparer.Ordinal)
            .ThenBy(tag => tag.Tag, StringComparer.Ordinal)
            .Take(most),
    ];

    private readonly record struct Heard(int Reads, double? Strongest, double SumDbm, int WithRssi)
    {
        public Heard And(TagSighting sighting) => sighting.RssiDbm is { } rssi && TagLimits.IsPlausible(rssi)
            ? new Heard(Reads + sighting.Count, Strongest is { } before && before > rssi ? before : rssi, SumDbm + (rssi * sighting.Count), WithRssi + sighting.Count)
            : this with { Reads = Reads + sighting.Count };

        public NeighbourTag ToNeighbourTag(string bay, string tag, bool isVisiting) => new()
        {
            Bay = bay,
            Tag = tag,
            Reads = Reads,
            StrongestRssiDbm = Strongest is { } strongest ? Math.Round(strongest, 1) : null,
            MeanRssiDbm = WithRssi > 0 ? Math.Round(SumDbm / WithRssi, 1) : null,
            Visiting = isVisiting,
        };
    }
}
