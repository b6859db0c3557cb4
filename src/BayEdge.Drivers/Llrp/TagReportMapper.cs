using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Turns the tag reports of one connection into sightings.</summary>
/// <param name="source">The reader's configured id.</param>
/// <param name="longestDelay">How old a report can be at most when it arrives.</param>
internal sealed class TagReportMapper(string source, TimeSpan longestDelay)
{
    private readonly ReaderClock _utc = new(longestDelay);
    private readonly ReaderClock _uptime = new(longestDelay);
    private readonly List<TagSighting> _sightings = [];
    private TagReport _last = new() { Epc = "" };
    private ObservedAt _latest;

    /// <summary>Learns the reader's clock from its first word, so that even a late first report is dated rightly.</summary>
    public void Greet(ReaderEventNotificationData greeting, ObservedAt arrival)
    {
        if (greeting.Parameters.Find<UtcTimestamp>() is { } utc)
            _utc.ToDevice(utc.Microseconds, arrival);
        if (greeting.Parameters.Find<Uptime>() is { } uptime)
            _uptime.ToDevice(uptime.Microseconds, arrival);
    }

    /// <summary>The sightings of one RO_ACCESS_REPORT in order of time, valid until the next call.</summary>
    /// <remarks>
    /// A sighting is dated no earlier than the one before it: the offset of the clocks gets better while it is learned,
    /// and time must not run backwards for that.
    /// </remarks>
    /// <exception cref="LlrpFormatException">The report does not follow the specification.</exception>
    public IReadOnlyList<TagSighting> Map(LlrpFrame report, ObservedAt arrival)
    {
        _sightings.Clear();
        var fields = new FieldReader(report.Body.Span, (ushort)report.Type);
        var inOrder = true;
        while (TagReportCodec.TryReadNext(ref fields, keepOthers: false, out var tag))
        {
            tag.CompleteFrom(_last);
            _last = tag;
            if (tag.Epc.Length == 0)
                continue;

            var sighting = ToSighting(tag, arrival);
            inOrder &= _sightings.Count == 0 || sighting.At.Monotonic >= _sightings[^1].At.Monotonic;
            _sightings.Add(sighting);
        }

        var sightings = inOrder ? _sightings : _sightings.OrderBy(sighting => sighting.At.Monotonic).ToList();
        if (sightings.Count > 0)
            _latest = sightings[^1].At;
        return sightings;
    }

    private TagSighting ToSighting(TagReport tag, ObservedAt arrival) => new(
        ObservedAt.Later(LastSeen(tag, arrival), _latest),
        source,
        tag.Antenna ?? 1,
        tag.Epc,
        tag.PeakRssiDbm,
        Math.Max((int)(tag.SeenCount ?? 1), 1));

    private ObservedAt LastSeen(TagReport tag, ObservedAt arrival)
    {
        if (tag.LastSeenUtcMicroseconds is { } utc)
            return _utc.ToDevice(utc, arrival);
        return tag.LastSeenUptimeMicroseconds is { } uptime ? _uptime.ToDevice(uptime, arrival) : arrival;
    }
}
