using System.Text;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.Tests.Push;

public class PushMapperTests
{
    private const string Tag = "E28068940000501234567890";

    private static readonly ObservedAt Noon = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(4));

    [Fact]
    public void A_tag_a_plate_an_occupancy_and_a_presence_become_sightings()
    {
        Assert.Equal(
            new TagSighting(Noon, "reader-1", 2, Tag, -58.5, 3),
            Single(PushSources.Reader(null, 1, 2), $$"""{"kind":"tag","antenna":2,"tag":"{{Tag.ToLowerInvariant()}}","rssi":-58.5,"count":3}"""));
        Assert.Equal(
            new PlateSighting(Noon, "cam-1", "bay-02", "沪AD12345", 0.93),
            Single(PushSources.Camera(null, "bay-01", "bay-02"), """{"kind":"plate","zone":"bay-02","text":"沪A·D12345","confidence":0.93}"""));
        Assert.Equal(
            new OccupancySighting(Noon, "cam-1", "bay-01", 0.97), Single(PushSources.Camera(), """{"kind":"occupancy","zone":"bay-01","occupied":0.97}"""));
        Assert.Equal(new PresenceSighting(Noon, "loop-1", true), Single(PushSources.Contact(), """{"kind":"presence","present":true}"""));
    }

    [Fact]
    public void What_has_one_value_only_need_not_be_told()
    {
        Assert.Equal(new TagSighting(Noon, "reader-1", 3, Tag, null, 1), Single(PushSources.Reader(null, 3), $$"""{"kind":"tag","tag":"{{Tag}}"}"""));
        Assert.Equal(new PlateSighting(Noon, "cam-1", "bay-01", "ABC123", 1), Single(PushSources.Camera(), """{"kind":"plate","text":"abc-123"}"""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-86_400 * 400)]
    public void A_report_keeps_its_own_time_however_wrong_the_senders_clock_is(int secondsAhead)
    {
        var mapper = new PushMapper(PushSources.Reader());
        var sender = Noon.Wall + TimeSpan.FromSeconds(secondsAhead);

        var sightings = mapper.Map(Message(sender, Seen(sender), Seen(sender.AddHours(-3)), Seen(sender.AddSeconds(-2))), Noon);

        Assert.Equal([Noon - TimeSpan.FromHours(3), Noon - TimeSpan.FromSeconds(2), Noon], sightings.Select(sighting => sighting.At));
    }

    [Fact]
    public void A_message_that_was_long_on_its_way_is_dated_by_the_fastest()
    {
        var mapper = new PushMapper(PushSources.Reader());
        mapper.Map(Message(Noon.Wall), Noon);

        var sighting = Assert.Single(mapper.Map(Message(Noon.Wall.AddSeconds(1), Seen(Noon.Wall.AddSeconds(1))), Noon + TimeSpan.FromSeconds(6)));

        Assert.Equal(Noon + TimeSpan.FromSeconds(1), sighting.At);
    }

    [Fact]
    public void What_a_broker_kept_while_nobody_listened_keeps_its_own_time()
    {
        var mapper = new PushMapper(PushSources.Reader());
        mapper.Map(Message(Noon.Wall), Noon);
        var back = Noon + TimeSpan.FromHours(2);

        mapper.Connected(back);
        var kept = Assert.Single(mapper.Map(Message(Noon.Wall.AddHours(1), Seen(Noon.Wall.AddHours(1))), back));
        var live = Assert.Single(mapper.Map(Message(back.Wall, Seen(back.Wall)), back));

        Assert.Equal((Noon + TimeSpan.FromHours(1), back), (kept.At, live.At));
    }

    [Fact]
    public void An_empty_list_is_a_message_like_any_other() => Assert.Empty(new PushMapper(PushSources.Camera()).Map("""{"sightings":[]}"""u8.ToArray(), Noon));

    [Theory]
    [InlineData("", "expected valid JSON in UTF-8, but found something else")]
    [InlineData("{\"sightings\":[", "expected valid JSON in UTF-8, but found something else")]
    [InlineData("[]", "expected a JSON object such as {\"sightings\":[…]}, but found no list 'sightings' in it")]
    [InlineData("{\"sightings\":{}}", "expected a JSON object such as {\"sightings\":[…]}, but found no list 'sightings' in it")]
    [InlineData("{\"sightings\":[],\"sentAt\":\"yesterday\"}", "expected 'sentAt' to be an RFC 3339 time such as 2026-03-02T08:00:00.120Z, but found \"yesterday\"")]
    [InlineData("{\"sightings\":[7]}", "sightings[0]: expected an object such as {\"kind\":\"tag\",…}, but found Number")]
    [InlineData("{\"sightings\":[{}]}", "sightings[0]: expected 'kind' to be a text, but found nothing")]
    [InlineData("{\"sightings\":[{\"kind\":\"plate\",\"text\":\"A\"}]}", "sightings[0]: expected 'kind' to be tag, which is what reader-1 sees, but found 'plate'")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"antenna\":1,\"tag\":\"AB\"},{\"kind\":\"tag\",\"antenna\":2,\"tag\":\"E28\"}]}", "sightings[1]: expected 'tag' to be an even number of hex digits, but found \"E28\"")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"antenna\":5,\"tag\":\"AB\"}]}", "sightings[0]: expected 'antenna' to be a configured one (1, 2), but found 5")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"tag\":\"AB\"}]}", "sightings[0]: expected 'antenna' to be a whole number from 1 to 65535, but found nothing")]
    [InlineData("{\"sightings\":[{\"kind\":\"tag\",\"antenna\":1,\"tag\":\"AB\",\"at\":\"2026-03-02T08:00:00Z\"}]}", "sightings[0]: 'at' counts only beside 'sentAt' of the message, since the sender's clock may be wrong; add 'sentAt' or leave 'at' out")]
    [InlineData("{\"sentAt\":\"2026-03-02T08:00:00Z\",\"sightings\":[{\"kind\":\"tag\",\"antenna\":1,\"tag\":\"AB\",\"at\":\"2026-03-02T08:00:01Z\"}]}", "sightings[0]: expected 'at' not to lie after 'sentAt'")]
    [InlineData("{\"sentAt\":\"2026-03-02T08:00:00Z\",\"sightings\":[{\"kind\":\"tag\",\"antenna\":1,\"tag\":\"AB\",\"at\":\"2026-02-02T08:00:01Z\"}]}", "sightings[0]: expected 'at' to lie at most 24 hours before 'sentAt'")]
    public void What_is_wrong_is_said_in_a_sentence(string json, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<PushFormatException>(() => new PushMapper(PushSources.Reader(null, 1, 2)).Map(Encoding.UTF8.GetBytes(json), Noon)).Message);

    [Theory]
    [InlineData("{\"kind\":\"plate\",\"text\":\"ABC123\",\"zone\":\"bay-09\"}", "sightings[0]: expected 'zone' to be a bay of the camera (bay-01, bay-02), but found 'bay-09'")]
    [InlineData("{\"kind\":\"plate\",\"text\":\"---\",\"zone\":\"bay-01\"}", "sightings[0]: expected 'text' to be a plate, but found no letter or digit in it")]
    public void A_plate_needs_a_bay_and_a_character(string sighting, string sentence) => Assert.Equal(
        sentence, Assert.Throws<PushFormatException>(() => Single(PushSources.Camera(null, "bay-01", "bay-02"), sighting)).Message);

    [Theory]
    [InlineData("7B227369676874696E6773223A5B7B226B696E64223A2280227D5D7D")]
    [InlineData("7B227369676874696E6773223A5B7B226B696E64223A225C7564383030227D5D7D")]
    public void A_text_that_is_no_text_is_refused(string hex) => Assert.Equal(
        "expected valid JSON in UTF-8, but found something else",
        Assert.Throws<PushFormatException>(() => new PushMapper(PushSources.Reader()).Map(Convert.FromHexString(hex), Noon)).Message);

    [Fact]
    public void More_than_a_thousand_sightings_are_refused()
    {
        var json = $"{{\"sightings\":[{string.Join(',', Enumerable.Repeat($"{{\"kind\":\"tag\",\"tag\":\"{Tag}\"}}", 1001))}]}}";

        var fault = Assert.Throws<PushFormatException>(() => new PushMapper(PushSources.Reader()).Map(Encoding.UTF8.GetBytes(json), Noon));

        Assert.Equal("expected at most 1000 sightings in a message, but found 1001; send them in several", fault.Message);
    }

    private static Sighting Single(SourceConfiguration source, string sighting) =>
        Assert.Single(new PushMapper(source).Map(Encoding.UTF8.GetBytes($"{{\"sightings\":[{sighting}]}}"), Noon));

    private static JsonObject Seen(DateTimeOffset at) => new() { ["kind"] = "tag", ["tag"] = Tag, ["at"] = at };

    private static byte[] Message(DateTimeOffset sentAt, params JsonObject[] sightings) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["sentAt"] = sentAt, ["sightings"] = new JsonArray(sightings) }.ToJsonString());
}
