using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Tests.Sightings;

public sealed class SightingLogTests
{
    private static readonly ObservedAt At = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, 120, TimeSpan.Zero), TimeSpan.Zero);

    public static TheoryData<Sighting, string> Kinds => new()
    {
        {
            new TagSighting(At, "reader-1", 1, "E28068940000501234567890", -58.5, 3),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"tag","source":"reader-1","antenna":1,"tag":"E28068940000501234567890","rssi":-58.5,"count":3}"""
        },
        {
            new TagSighting(At, "reader-1", 4, "E280", null, 1),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"tag","source":"reader-1","antenna":4,"tag":"E280","count":1}"""
        },
        {
            new PlateSighting(At, "cam-1", "bay-01", "沪AD12345", 0.93),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"plate","source":"cam-1","zone":"bay-01","text":"沪AD12345","confidence":0.93}"""
        },
        {
            new PresenceSighting(At, "loop-1", true),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"presence","source":"loop-1","present":true}"""
        },
        {
            new PresenceSighting(At, "loop-1", false),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"presence","source":"loop-1","present":false}"""
        },
        {
            new OccupancySighting(At, "cam-1", "bay-01", 0.97),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"occupancy","source":"cam-1","zone":"bay-01","occupied":0.97}"""
        },
        {
            new SourceSighting(At, "reader-1", SourceState.Down),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"source","source":"reader-1","state":"down"}"""
        },
        {
            new SourceSighting(At, "reader-1", SourceState.Up),
            """{"at":"2026-03-02T08:00:00.120Z","kind":"source","source":"reader-1","state":"up"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_sighting_is_written_as_documented_and_read_back(Sighting sighting, string line)
    {
        Assert.Equal(line, SightingLog.Write(sighting));
        Assert.Equal(sighting, Assert.IsType<SightingLine>(new SightingLogReader().Read(line)).Sighting);
    }

    [Fact]
    public void The_monotonic_clock_begins_at_zero_with_the_first_line()
    {
        var reader = new SightingLogReader();

        Assert.Equal(TimeSpan.Zero, Seen(reader, "2026-03-02T08:00:00.120Z").Monotonic);
        Assert.Equal(TimeSpan.FromSeconds(90.5), Seen(reader, "2026-03-02T08:01:30.620Z").Monotonic);
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<EndLine>(reader.Read("""{"at":"2026-03-02T09:00:00.120Z","kind":"end"}""")).At.Monotonic);
    }

    [Fact]
    public void A_line_that_cannot_be_read_does_not_begin_the_clock()
    {
        var reader = new SightingLogReader();

        Assert.IsType<UnreadableLine>(reader.Read("""{"at":"2026-03-02T07:00:00Z","kind":"tug"}"""));
        Assert.Equal(TimeSpan.Zero, Seen(reader, "2026-03-02T08:00:00Z").Monotonic);
    }

    [Fact]
    public void A_time_in_another_zone_is_the_same_instant()
    {
        Assert.Equal(At.Wall, Seen(new SightingLogReader(), "2026-03-02T16:00:00.120+08:00").Wall);
        Assert.Equal(TimeSpan.Zero, Seen(new SightingLogReader(), "2026-03-02T16:00:00.120+08:00").Wall.Offset);
    }

    [Fact]
    public void Lines_of_the_same_time_are_in_order_and_an_earlier_one_is_not()
    {
        var reader = new SightingLogReader();
        Seen(reader, "2026-03-02T08:00:00Z");
        Seen(reader, "2026-03-02T08:00:00Z");

        var unreadable = Assert.IsType<UnreadableLine>(reader.Read("""{"at":"2026-03-02T07:59:59.999Z","kind":"end"}"""));
        Assert.Equal("expected a time not before the line above (2026-03-02T08:00:00.000Z), but found 2026-03-02T07:59:59.999Z", unreadable.Message);
        Assert.Equal(TimeSpan.Zero, Seen(reader, "2026-03-02T08:00:00Z").Monotonic);
    }

    [Theory]
    [InlineData("", "expected one JSON object on the line, but found ''")]
    [InlineData("hello", "expected one JSON object on the line, but found 'hello'")]
    [InlineData("{\"at\":", "expected one JSON object on the line, but found '{\"at\":'")]
    [InlineData("[1,2]", "expected a JSON object such as {\"at\":\"…\",\"kind\":\"tag\",…}, but found '[1,2]'")]
    [InlineData("{}", "expected 'at' to be an RFC 3339 time such as 2026-03-02T08:00:00.120Z, but found nothing")]
    [InlineData("{\"at\":\"yesterday\"}", "expected 'at' to be an RFC 3339 time such as 2026-03-02T08:00:00.120Z, but found \"yesterday\"")]
    [InlineData("{\"at\":\"2026-03-02T08:00:00\",\"kind\":\"end\"}", "expected 'at' to be an RFC 3339 time such as 2026-03-02T08:00:00.120Z, but found \"2026-03-02T08:00:00\"")]
    public void A_line_that_is_no_sighting_is_told_in_a_sentence(string line, string sentence) => Assert.Equal(sentence, Complaint(line));

    [Theory]
    [InlineData("", "expected 'kind' to be a text, but found nothing")]
    [InlineData("\"kind\":\"tug\"", "expected kind tag, plate, presence, occupancy, source or end, but found 'tug'")]
    [InlineData("\"kind\":\"tag\",\"antenna\":1,\"tag\":\"E280\"", "expected 'source' to be a text, but found nothing")]
    [InlineData("\"kind\":\"tag\",\"source\":\"r\",\"tag\":\"E280\"", "expected 'antenna' to be a whole number from 1 to 65535, but found nothing")]
    [InlineData("\"kind\":\"tag\",\"source\":\"r\",\"antenna\":0,\"tag\":\"E280\"", "expected 'antenna' to be a whole number from 1 to 65535, but found 0")]
    [InlineData("\"kind\":\"tag\",\"source\":\"r\",\"antenna\":1,\"tag\":\"E28\"", "expected 'tag' to be an even number of hex digits, but found \"E28\"")]
    [InlineData("\"kind\":\"tag\",\"source\":\"r\",\"antenna\":1,\"tag\":\"E280\",\"rssi\":\"-60\"", "expected 'rssi' to be a number from -200 to 50, but found \"-60\"")]
    [InlineData("\"kind\":\"tag\",\"source\":\"r\",\"antenna\":1,\"tag\":\"E280\",\"count\":0", "expected 'count' to be a whole number of at least 1, but found 0")]
    [InlineData("\"kind\":\"plate\",\"source\":\"c\",\"text\":\"A\",\"confidence\":1", "expected 'zone' to be a text, but found nothing")]
    [InlineData("\"kind\":\"plate\",\"source\":\"c\",\"zone\":\"b\",\"text\":\"\",\"confidence\":1", "expected 'text' to be a text, but found \"\"")]
    [InlineData("\"kind\":\"plate\",\"source\":\"c\",\"zone\":\"b\",\"text\":\"A\",\"confidence\":1.2", "expected 'confidence' to be a number from 0 to 1, but found 1.2")]
    [InlineData("\"kind\":\"presence\",\"source\":\"l\",\"present\":1", "expected 'present' to be true or false, but found 1")]
    [InlineData("\"kind\":\"occupancy\",\"source\":\"c\",\"zone\":\"b\"", "expected 'occupied' to be a number from 0 to 1, but found nothing")]
    [InlineData("\"kind\":\"source\",\"source\":\"r\",\"state\":\"gone\"", "expected 'state' to be up or down, but found \"gone\"")]
    public void A_field_that_is_wrong_is_told_in_a_sentence(string fields, string sentence) =>
        Assert.Equal(sentence, Complaint($$"""{"at":"2026-03-02T08:00:00Z"{{(fields.Length > 0 ? "," : "")}}{{fields}}}"""));

    [Fact]
    public void A_long_unreadable_line_is_quoted_in_part()
    {
        Assert.Equal($"expected one JSON object on the line, but found '{new string('x', 80)}…'", Complaint(new string('x', 500)));
    }

    [Fact]
    public void A_tag_in_lower_case_is_the_same_tag()
    {
        var line = Assert.IsType<SightingLine>(new SightingLogReader().Read("""{"at":"2026-03-02T08:00:00Z","kind":"tag","source":"r","antenna":1,"tag":"e280aa"}"""));

        Assert.Equal(("E280AA", 1), (((TagSighting)line.Sighting).Tag, ((TagSighting)line.Sighting).Count));
    }

    private static ObservedAt Seen(SightingLogReader reader, string at) =>
        Assert.IsType<SightingLine>(reader.Read($$"""{"at":"{{at}}","kind":"presence","source":"loop-1","present":true}""")).Sighting.At;

    private static string Complaint(string line) => Assert.IsType<UnreadableLine>(new SightingLogReader().Read(line)).Message;
}
