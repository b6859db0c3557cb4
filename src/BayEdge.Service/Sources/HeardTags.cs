using System.Collections.Concurrent;
using BayEdge.Core.Sightings;

namespace BayEdge.Service.Sources;

/// <summary>Which tags each reader hears, for whoever looks for the right place and power of an antenna.</summary>
/// <remarks>May be written and read from any thread.</remarks>
internal sealed class HeardTags(TimeProvider time)
{
    /// <summary>A tag that was not heard for longer is told no more.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>Of one reader; the one heard longest ago makes room.</summary>
    private const int MostTags = 64;

    private readonly ConcurrentDictionary<string, Dictionary<(int Antenna, string Tag), LiveTag>> _readers = new(StringComparer.Ordinal);

    /// <param name="counts">Whether the reader's filter takes it for the tag of a vehicle.</param>
    public void Saw(TagSighting seen, bool counts)
    {
        var tags = _readers.GetOrAdd(seen.Source, _ => []);
        lock (tags)
        {
            var key = (seen.Antenna, seen.Tag);
            var now = time.GetTimestamp();
            if (tags.TryGetValue(key, out var known))
                known.Saw(seen, now);
            else
                tags[key] = new LiveTag(seen, counts, now);
            if (tags.Count > MostTags)
                tags.Remove(tags.MinBy(tag => tag.Value.LastHeard).Key);
        }
    }

    /// <summary>The tags of a reader, the latest first; empty for one that hears none.</summary>
    public IReadOnlyList<LiveTagView> Of(string reader)
    {
        if (!_readers.TryGetValue(reader, out var tags))
            return [];
        lock (tags)
        {
            foreach (var old in tags.Where(tag => time.GetElapsedTime(tag.Value.LastHeard) > Kept).Select(tag => tag.Key).ToList())
                tags.Remove(old);
            return [.. tags.Values.OrderByDescending(tag => tag.LastHeard).Select(tag => tag.View(time))];
        }
    }

    private sealed class LiveTag(TagSighting first, bool counts, long firstHeard)
    {
        private TagSighting _last = first;
        private long _reads = first.Count;
        private double? _strongestDbm = first.RssiDbm;

        public long LastHeard { get; private set; } = firstHeard;

        public void Saw(TagSighting seen, long now)
        {
            (_last, LastHeard) = (seen, now);
            _reads += seen.Count;
            _strongestDbm = seen.RssiDbm > (_strongestDbm ?? double.MinValue) ? seen.RssiDbm : _strongestDbm;
        }

        public LiveTagView View(TimeProvider time) => new(
            _last.Antenna, _last.Tag, counts, _last.RssiDbm, _strongestDbm, _reads, Math.Round(time.GetElapsedTime(LastHeard).TotalSeconds, 1));
    }
}

/// <summary>A tag as a reader hears it now.</summary>
/// <param name="Antenna">The port, from 1.</param>
/// <param name="Tag">Upper-case hex.</param>
/// <param name="Counts">Whether the reader's filter takes it for the tag of a vehicle.</param>
/// <param name="RssiDbm">The last one; null when the reader does not tell.</param>
/// <param name="StrongestDbm">Likewise.</param>
/// <param name="Reads">Since it was first heard, or heard again after a minute of silence.</param>
/// <param name="SecondsAgo">When it was last heard.</param>
internal sealed record LiveTagView(int Antenna, string Tag, bool Counts, double? RssiDbm, double? StrongestDbm, long Reads, double SecondsAgo);
