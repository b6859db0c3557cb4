using System.Text;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Drivers.ZebraIot;

namespace BayEdge.Drivers.Tests.ZebraIot;

/// <summary>Against events of real readers that others published.</summary>
public class ZebraIotMapperTests
{
    private static readonly ObservedAt Noon = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(4));

    private readonly ZebraIotMapper _mapper = new(PushSources.Reader(null, 1, 4));

    [Theory]
    [InlineData("""{"data":{"idHex":"aa0004ef55555555aa21bf43","peakRssi":-34,"antenna":4},"timestamp":"2026-08-13T09:14:28.651+0000","type":"CUSTOM"}""", 4, -34, 1)]
    [InlineData("""[{"data":{"antenna":1,"idHex":"aa0004ef55555555aa21bf43","peakRssi":"-52","reads":7,"eventNum":12},"type":"INVENTORY"}]""", 1, -52, 7)]
    [InlineData("""{"type":"SIMPLE","timestamp":"2026-08-13T09:14:28Z","data":{"format":"epc","idHex":"AA0004EF55555555AA21BF43","antenna":1,"eventNum":1}}""", 1, null, 1)]
    public void A_published_event_is_read(string json, int antenna, int? rssi, int count)
    {
        var tag = Assert.IsType<TagSighting>(Assert.Single(Map(json, Noon)));

        Assert.Equal(("reader-1", antenna, "AA0004EF55555555AA21BF43", (double?)rssi, count, Noon), (tag.Source, tag.Antenna, tag.Tag, tag.RssiDbm, tag.Count, tag.At));
    }

    [Fact]
    public void Events_in_a_row_are_told_apart_and_keep_their_own_times()
    {
        var sightings = Map(
            """{"timestamp":"2020-01-01T00:00:05.000+0000","data":{"idHex":"AB","antenna":1}}{"timestamp":"2020-01-01T00:00:03.000+0000","data":{"idHex":"CD","antenna":4}}""",
            Noon).Cast<TagSighting>();

        Assert.Equal([("CD", 4, Noon - TimeSpan.FromSeconds(2)), ("AB", 1, Noon)], sightings.Select(tag => (tag.Tag, tag.Antenna, tag.At)));
    }

    [Fact]
    public void What_the_reader_kept_while_the_broker_was_away_keeps_its_own_time()
    {
        Map("""{"timestamp":"2026-03-02T12:00:00.000+0000","data":{"idHex":"AB","antenna":1}}""", Noon);
        var back = Noon + TimeSpan.FromHours(1);

        _mapper.Connected(back);
        var kept = Assert.Single(Map("""{"timestamp":"2026-03-02T12:10:00.000+0000","data":{"idHex":"AB","antenna":1}}""", back));

        Assert.Equal(Noon + TimeSpan.FromMinutes(10), kept.At);
    }

    [Theory]
    [InlineData("""{"eventType":"heartbeat","data":{"system":{}}}""")]
    [InlineData("""[{"type":"GPI","data":{"pin":1}}]""")]
    [InlineData("""{"hello":1}{"eventType":"heartbeat"}""")]
    public void Another_event_only_says_that_the_reader_lives(string json) => Assert.Empty(Map(json, Noon));

    [Theory]
    [InlineData("", "no event")]
    [InlineData("[]", "no event")]
    [InlineData("{}", "{}")]
    [InlineData("7", "7")]
    [InlineData("""{"data":"text"}""", """{"data":"text"}""")]
    [InlineData("""{"eventType":1}""", """{"eventType":1}""")]
    [InlineData("""[{"sightings":[]}]""", """{"sightings":[]}""")]
    [InlineData("""{"a long key that nobody knows":"and a value that is longer still than that"}""", """{"a long key that nobody knows":"and a value that is longer …""")]
    public void What_is_no_event_of_the_reader_does_not_say_that_it_lives(string json, string found) => Assert.Equal(
        "expected events of Zebra's IoT Connector such as {\"type\":\"INVENTORY\",\"data\":{\"idHex\":\"…\"}} or {\"eventType\":\"heartbeat\",…}, "
        + $"but found {found}; check what is set to send here",
        Assert.Throws<PushFormatException>(() => Map(json, Noon)).Message);

    [Theory]
    [InlineData("{", "expected events of Zebra's IoT Connector in JSON, but found something else")]
    [InlineData("tag", "expected events of Zebra's IoT Connector in JSON, but found something else")]
    [InlineData("""{"data":{"idHex":"E28","antenna":1}}""", "expected 'idHex' to be an even number of hex digits, but found \"E28\"")]
    [InlineData("""{"data":{"idHex":"E280","antenna":"left"}}""", "expected 'antenna' to be a whole number from 1 to 65535, but found \"left\"")]
    public void What_is_wrong_is_said_in_a_sentence(string json, string sentence) => Assert.Equal(
        sentence, Assert.Throws<PushFormatException>(() => Map(json, Noon)).Message);

    private IReadOnlyList<Sighting> Map(string json, ObservedAt arrival) => _mapper.Map(Encoding.UTF8.GetBytes(json), arrival);
}
