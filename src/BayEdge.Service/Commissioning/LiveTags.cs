using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Commissioning;

/// <summary>What the readers hear at the moment: the last sightings, in a ring.</summary>
internal sealed class LiveTags(TimeProvider bayClock) : ISightingObserver
{
    // At a thousand reports a second the window below is still whole.
    private const int Capacity = 4096;
    private const int MostShown = 100;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly TagSighting[] _ring = new TagSighting[Capacity];
    private long _count;

    public void Saw(Sighting sighting)
    {
        if (sighting is not TagSighting tag)
            return;
        lock (_lock)
            _ring[_count++ % Capacity] = tag;
    }

    /// <summary>The tags of the last two seconds, the strongest first.</summary>
    public IReadOnlyList<LiveTag> Read()
    {
        var since = bayClock.Observe().Monotonic - Window;
        List<TagSighting> heard = [];
        lock (_lock)
        {
            for (var back = 1; back <= Math.Min(_count, Capacity); back++)
            {
                var tag = _ring[(_count - back) % Capacity];
                if (tag.At.Monotonic >= since)
                    heard.Add(tag);
            }
        }

        return
        [
            .. heard.GroupBy(tag => (tag.Source, tag.Antenna, tag.Tag)).Select(group => new LiveTag(
                    group.Key.Source,
                    group.Key.Antenna,
                    group.Key.Tag,
                    Math.Round(group.Sum(tag => tag.Count) / Window.TotalSeconds, 1),
                    group.MaxBy(tag => tag.At.Monotonic)!.RssiDbm,
                    group.Max(tag => tag.RssiDbm)))
                .OrderByDescending(tag => tag.StrongestDbm ?? double.MinValue).Take(MostShown),
        ];
    }
}

/// <summary>One tag at one antenna, over the last two seconds.</summary>
/// <param name="PerSecond">Reads.</param>
/// <param name="LastDbm">Null where the reader does not tell, as <paramref name="StrongestDbm"/>.</param>
internal sealed record LiveTag(string Source, int Antenna, string Tag, double PerSecond, double? LastDbm, double? StrongestDbm);
