using System.Text.Json.Nodes;
using BayEdge.Service.Commissioning;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class SetupDocumentTests
{
    [Fact]
    public void A_new_device_gets_a_name_and_a_first_bay()
    {
        var document = SetupDocument.Of("");
        document.Name("sh-01", "pi-01", "zh-CN");

        AssertJson("""{"site":"sh-01","device":"pi-01","language":"zh-CN","plateRegion":"cn","bays":[{"id":"bay-01","name":"1号工位"}]}""", document);
    }

    [Fact]
    public void Naming_a_device_anew_leaves_everything_else_as_it_is()
    {
        var document = SetupDocument.Of("""{"site":"x","device":"y","plateRegion":"eu","bays":[{"id":"b"}],"recorder":{"hours":3}}""");
        document.Name("sh-01", "pi-01", "en");

        AssertJson("""{"site":"sh-01","device":"pi-01","language":"en","plateRegion":"eu","bays":[{"id":"b"}],"recorder":{"hours":3}}""", document);
    }

    [Fact]
    public void A_broker_is_entered_and_taken_away()
    {
        var document = SetupDocument.Of("{}");
        document.Broker("mqtts://broker:8883", "u", null, "/etc/ca.pem");
        AssertJson("""{"mqtt":{"url":"mqtts://broker:8883","user":"u","caFile":"/etc/ca.pem"}}""", document);

        document.Broker("mqtt://broker", null, "secret", null);
        AssertJson("""{"mqtt":{"url":"mqtt://broker","user":"u","password":"secret"}}""", document);

        document.NoBroker();
        AssertJson("{}", document);
    }

    [Fact]
    public void A_bay_that_is_gone_takes_its_antennas_and_zones_along()
    {
        var document = SetupDocument.Of(
            """{"readers":[{"id":"r","antennas":[{"port":1,"bay":"bay-01"},{"port":2,"bay":"bay-02"}]}],"cameras":[{"id":"c","zones":[{"bay":"bay-02"}]}]}""");
        document.Bays([("bay-01", "One")]);

        AssertJson(
            """{"readers":[{"id":"r","antennas":[{"port":1,"bay":"bay-01"}]}],"cameras":[{"id":"c","zones":[]}],"bays":[{"id":"bay-01","name":"One"}]}""", document);
    }

    [Fact]
    public void An_antenna_moves_to_the_bay_where_the_tag_was_held()
    {
        var document = SetupDocument.Of("""{"readers":[{"id":"r","antennas":[{"port":1,"bay":"bay-01"}]}]}""");

        Assert.True(document.Antenna("r", 1, "bay-02"));
        Assert.False(document.Antenna("another", 1, "bay-02"));
        AssertJson("""{"readers":[{"id":"r","antennas":[{"port":1,"bay":"bay-02"}]}]}""", document);
    }

    [Fact]
    public void A_zone_is_drawn_anew_for_its_bay()
    {
        var document = SetupDocument.Of("""{"cameras":[{"id":"c","zones":[{"bay":"bay-01","polygon":[]}]}]}""");

        Assert.True(document.Zone("c", "bay-01", [(0.1, 0.2), (0.9, 0.2), (0.5, 0.9)]));
        AssertJson("""{"cameras":[{"id":"c","zones":[{"bay":"bay-01","polygon":[[0.1,0.2],[0.9,0.2],[0.5,0.9]]}]}]}""", document);
    }

    [Fact]
    public void A_source_of_the_same_id_is_replaced()
    {
        var document = SetupDocument.Of("""{"readers":[{"id":"r","address":"old"}]}""");
        document.Source("readers", JsonNode.Parse("""{"id":"r","address":"new"}""")!.AsObject());

        AssertJson("""{"readers":[{"id":"r","address":"new"}]}""", document);
        Assert.True(document.RemoveSource("readers", "r"));
        Assert.False(document.RemoveSource("readers", "r"));
    }

    [Theory]
    [InlineData("{ broken")]
    [InlineData("[]")]
    [InlineData("""{ "site": "a", "site": "b" }""")]
    [InlineData("""{ "readers": [{ "id": "a", "id": "b" }] }""")]
    [InlineData("""{ "site": "\ud800" }""")]
    public void A_file_that_nobody_can_read_is_begun_anew(string text) => AssertJson("{}", SetupDocument.Of(text));

    private static void AssertJson(string expected, SetupDocument actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.Text)), actual.Text);
}
