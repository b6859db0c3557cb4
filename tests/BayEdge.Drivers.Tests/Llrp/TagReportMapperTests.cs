using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Tests.Llrp;

public class TagReportMapperTests
{
    private const string Car = "E28068940000501234567890";
    private const string Trolley = "E28068940000500000000001";

    private static readonly ObservedAt Noon = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(4));

    private readonly TagReportMapper _mapper = Mapper(antennas: [1]);

    [Fact]
    public void What_a_report_leaves_out_is_as_it_was_last()
    {
        Map(Noon, Tag(Car, (TvField.AntennaId, 3), (TvField.PeakRssi, 0xC6), (TvField.TagSeenCount, 5)));

        var sighting = Assert.Single(Map(Noon, Tag(Trolley)));

        Assert.Equal((3, Trolley, -58.0, 5), (sighting.Antenna, sighting.Tag, sighting.RssiDbm, sighting.Count));
    }

    [Fact]
    public void A_report_that_sums_reads_tells_of_the_first_and_of_the_last()
    {
        var sightings = Map(Noon, Tag(Car, (TvField.FirstSeenUtc, 3_500_000), (TvField.LastSeenUtc, 5_000_000), (TvField.TagSeenCount, 4)));

        Assert.Equal([(Noon - TimeSpan.FromSeconds(1.5), 1), (Noon, 3)], sightings.Select(sighting => (sighting.At, sighting.Count)));
    }

    [Fact]
    public void A_first_read_by_the_readers_uptime_counts_as_well()
    {
        var sightings = Map(Noon, Tag(Car, (TvField.FirstSeenUptime, 3_000_000), (TvField.LastSeenUptime, 5_000_000), (TvField.TagSeenCount, 2)));

        Assert.Equal([(Noon - TimeSpan.FromSeconds(2), 1), (Noon, 1)], sightings.Select(sighting => (sighting.At, sighting.Count)));
    }

    [Theory]
    [InlineData(41_000_000ul, 4ul)]
    [InlineData(1_000_000ul, 4ul)]
    [InlineData(39_000_000ul, 1ul)]
    public void A_first_read_that_cannot_be_of_this_report_is_passed_over(ulong firstSeen, ulong count)
    {
        var sighting = Assert.Single(Map(
            Noon, Tag(Car, (TvField.FirstSeenUtc, firstSeen), (TvField.LastSeenUtc, 40_000_000), (TvField.TagSeenCount, count))));

        Assert.Equal((Noon, (int)count), (sighting.At, sighting.Count));
    }

    [Fact]
    public void An_antenna_that_the_reader_does_not_name_is_a_fault_where_there_are_several()
    {
        var mapper = Mapper(antennas: [1, 2]);

        var fault = Assert.Throws<DeviceFaultException>(() => mapper.Map(Report(Tag(Car)), Noon));

        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Equal(
            "The reader at 192.0.2.5:5084 reports tags without saying which antenna read them. Update its firmware, or configure a single antenna.",
            fault.Message);
    }

    [Fact]
    public void An_antenna_that_the_reader_does_not_name_is_the_only_one_configured()
    {
        var sighting = Assert.Single(Mapper(antennas: [3]).Map(Report(Tag(Car)), Noon));

        Assert.Equal(3, sighting.Antenna);
    }

    [Fact]
    public void What_the_reader_never_said_is_not_invented()
    {
        var sighting = Assert.Single(Map(Noon, Tag(Car)));

        Assert.Equal((Noon, (double?)null, 1), (sighting.At, sighting.RssiDbm, sighting.Count));
    }

    [Fact]
    public void Sightings_of_one_report_come_in_the_order_of_time()
    {
        var sightings = Map(
            Noon,
            Tag(Car, (TvField.LastSeenUtc, 5_000_000)),
            Tag(Trolley, (TvField.LastSeenUtc, 3_000_000)));

        Assert.Equal([(Trolley, Noon - TimeSpan.FromSeconds(2)), (Car, Noon)], sightings.Select(s => (s.Tag, s.At)));
    }

    [Fact]
    public void Time_does_not_run_backwards_while_the_offset_is_learned()
    {
        Map(Noon, Tag(Car, (TvField.LastSeenUtc, 5_000_000)));

        var sighting = Assert.Single(Map(Noon + TimeSpan.FromSeconds(1), Tag(Car, (TvField.LastSeenUtc, 4_000_000))));

        Assert.Equal(Noon, sighting.At);
    }

    [Fact]
    public void A_reader_without_a_calendar_is_followed_by_its_uptime()
    {
        _mapper.Greet(new ReaderEventNotificationData([new Uptime(1_000_000)]), Noon);

        var sighting = Assert.Single(Map(Noon + TimeSpan.FromSeconds(3), Tag(Car, (TvField.LastSeenUptime, 2_000_000))));

        Assert.Equal(Noon + TimeSpan.FromSeconds(1), sighting.At);
    }

    [Fact]
    public void A_tag_without_an_identity_is_no_sighting() => Assert.Empty(Map(Noon, new TagReport { Epc = "", EpcBits = 0 }));

    [Fact]
    public void Vendor_extensions_between_the_fields_are_passed_over()
    {
        // EPC-96, a Custom parameter of Impinj, then PeakRSSI -70 dBm.
        var body = Convert.FromHexString("00F0" + "0020" + "8D" + Car + "03FF000D0000651A00000034FF" + "86BA");

        var sighting = Assert.Single(_mapper.Map(new LlrpFrame(LlrpVersion.V101, MessageType.RoAccessReport, 0, body), Noon));

        Assert.Equal(-70, sighting.RssiDbm);
    }

    [Fact]
    public void A_report_of_one_tag_allocates_less_than_half_a_kilobyte()
    {
        const int reports = 10_000;
        var frame = Report(Tag(Car, (TvField.AntennaId, 2), (TvField.PeakRssi, 0xC6), (TvField.LastSeenUtc, 5_000_000), (TvField.TagSeenCount, 1)));
        _mapper.Map(frame, Noon);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var report = 0; report < reports; report++)
            _mapper.Map(frame, Noon);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / reports, 1, 512);
    }

    private static TagReportMapper Mapper(int[] antennas) =>
        new("reader-1", LlrpSettings.From(RunningSource.Configuration("192.0.2.5", antennas: antennas)));

    private static TagReport Tag(string epc, params (TvField Field, ulong Value)[] fields)
    {
        var tag = new TagReport { Epc = epc };
        foreach (var (field, value) in fields)
            tag[field] = value;
        return tag;
    }

    private static LlrpFrame Report(params TagReport[] tags)
    {
        var writer = new FieldWriter();
        new RoAccessReport([.. tags], []).WriteBody(writer);
        return new LlrpFrame(LlrpVersion.V101, MessageType.RoAccessReport, 0, writer.Written);
    }

    private List<TagSighting> Map(ObservedAt arrival, params TagReport[] tags) => [.. _mapper.Map(Report(tags), arrival)];
}
