using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;
using BayEdge.Drivers.Timing;

namespace BayEdge.Drivers.Llrp;

/// <summary>Turns the tag reports of one connection into sightings.</summary>
/// <param name="source">The reader's configured id.</param>
internal sealed class TagReportMapper(string source, LlrpSettings settings)
{
    private readonly ReaderClock _utc = new(settings.LongestSilence);
    private readonly ReaderClock _uptime = new(settings.LongestSilence);
    private readonly List<TagSighting> _sightings = [];
    private TagReport _last = new() { Epc = "" };
    private ObservedAt _latest;

    /// <summary>Learns the reader's clock from its first word, so that even what the reader kept from an earlier connection is dated rightly.</summary>
    public void Greet(ReaderEventNotificationData greeting, ObservedAt arrival)
    {
        if (greeting.Parameters.Find<UtcTimestamp>() is { } utc)
            _utc.ToDevice(utc.Microseconds, arrival);
        if (greeting.Parameters.Find<Uptime>() is { } uptime)
            _uptime.ToDevice(uptime.Microseconds, arrival);
        _utc.ExpectHeldBack(arrival);
        _uptime.ExpectHeldBack(arrival);
    }

    /// <summary>The sightings of one RO_ACCESS_REPORT in order of time, valid until the next call.</summary>
    /// <remarks>
    /// A sighting is dated no earlier than the one before it: the offset of the clocks gets better while it is learned,
    /// and time must not run backwards for that.
    /// </remarks>
    /// <exception cref="LlrpFormatException">The report does not follow the specification.</exception>
    /// <exception cref="DeviceFaultException">The report does not say which antenna read the tag.</exception>
    public IReadOnlyList<TagSighting> Map(LlrpFrame report, ObservedAt arrival)
    {
        _sightings.Clear();
        var fields = new FieldReader(report.Body.Span, (ushort)report.Type);
        while (TagReportCodec.TryReadNext(ref fields, keepOthers: false, out var tag))
        {
            tag.CompleteFrom(_last);
            _last = tag;
            if (tag.Epc.Length > 0)
                Add(tag, arrival);
        }

        var sightings = IsInOrder() ? _sightings : _sightings.OrderBy(sighting => sighting.At.Monotonic).ToList();
        if (sightings.Count > 0)
            _latest = sightings[^1].At;
        return sightings;
    }

    /// <summary>A report that sums reads becomes two sightings, of the first read and of the others at the last.</summary>
    /// <remarks>So an arrival is dated by the first read and a departure by the last. The reader tells one RSSI for all.</remarks>
    private void Add(in TagReport tag, ObservedAt arrival)
    {
        var count = Math.Max((int)(tag.SeenCount ?? 1), 1);
        var last = LastSeen(tag, arrival);
        var duration = count > 1 ? Duration(tag) : TimeSpan.Zero;
        if (duration > TimeSpan.Zero)
        {
            Add(tag, last - duration, 1);
            count--;
        }

        Add(tag, last, count);
    }

    private void Add(in TagReport tag, ObservedAt at, int count) => _sightings.Add(new TagSighting(
        ObservedAt.Later(at, _latest), source, tag.Antenna ?? OnlyAntenna(), IdentityOf(tag), tag.PeakRssiDbm, count));

    /// <summary>A chip that does not tell its serial number is still known by its EPC.</summary>
    private string IdentityOf(in TagReport tag) => settings.BySerialNumber && tag.SerialNumber is { Length: > 0 } serial ? serial : tag.Epc;

    private bool IsInOrder()
    {
        for (var index = 1; index < _sightings.Count; index++)
        {
            if (_sightings[index].At.Monotonic < _sightings[index - 1].At.Monotonic)
                return false;
        }

        return true;
    }

    private int OnlyAntenna() => settings.Antennas is [var only] ? only : throw new DeviceFaultException(
        DeviceFaultKind.Protocol,
        $"The reader at {settings.Address} reports tags without saying which antenna read them. Update its firmware, or configure a single antenna.");

    private ObservedAt LastSeen(in TagReport tag, ObservedAt arrival)
    {
        if (tag.LastSeenUtcMicroseconds is { } utc)
            return _utc.ToDevice(utc, arrival);
        return tag.LastSeenUptimeMicroseconds is { } uptime ? _uptime.ToDevice(uptime, arrival) : arrival;
    }

    /// <summary>From first to last read; zero where the reader does not tell, or tells what cannot be of a report that is sent at once.</summary>
    private TimeSpan Duration(in TagReport tag)
    {
        var (first, last) = tag.LastSeenUtcMicroseconds is { } utc
            ? (tag.FirstSeenUtcMicroseconds, (ulong?)utc)
            : (tag.FirstSeenUptimeMicroseconds, tag.LastSeenUptimeMicroseconds);
        return first is { } from && last is { } to && from < to && to - from <= (ulong)settings.LongestSilence.TotalMicroseconds
            ? TimeSpan.FromMicroseconds(to - from)
            : TimeSpan.Zero;
    }
}
