using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.TestKit;

namespace BayEdge.Contracts.Tests.Schemas;

/// <summary>Examples, schemas and records say the same.</summary>
public sealed class SchemaTests
{
    private const string Extension = "traceparent";

    // One record serves all events about a visit, and what is constant or may be empty has a default.
    private static readonly string[] RecordsAreMilder =
        ["/specversion", "/datacontenttype", "/subject", "/reason", "/enteredAt", "/occupiedSeconds", "/bays", "/tags",
        "/transaction", "/data", "/error"];

    public static TheoryData<string> Examples => [.. ContractExample.Files];

    [Fact]
    public void Every_schema_has_an_example() =>
        Assert.Equal(
            ContractSchemas.Names,
            ContractExample.Files.Select(file => new ContractExample(file).SchemaName).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_keeps_to_its_schema(string file)
    {
        var example = new ContractExample(file);

        Assert.Empty(ContractSchemas.Problems(example.SchemaName, example.Text));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_means_the_same_after_passing_through_its_record(string file)
    {
        var example = new ContractExample(file);

        var written = JsonSerializer.Serialize(JsonSerializer.Deserialize(example.Text, example.Record), example.Record);

        // A record drops extensions, as a consumer may.
        var expected = JsonNode.Parse(example.Text)!.AsObject();
        expected.Remove(Extension);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(written)), $"Expected\n{expected}\nbut the record wrote\n{written}");
        Assert.Empty(ContractSchemas.Problems(example.SchemaName, written));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_message_without_a_required_member_is_refused_by_schema_and_record(string file)
    {
        var example = new ContractExample(file);
        Assert.NotEmpty(example.RequiredMembers());
        Assert.All(example.RequiredMembers(), path =>
        {
            var spoilt = example.With(path, _ => null);
            Assert.NotEmpty(ContractSchemas.Problems(example.SchemaName, spoilt));
            if (!RecordsAreMilder.Any(member => path.EndsWith(member, StringComparison.Ordinal)))
                Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(spoilt, example.Record));
        });
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_number_as_text_and_a_text_as_number_are_refused_by_schema_and_record(string file)
    {
        var example = new ContractExample(file);
        // What a configuration may hold is not the contract's business.
        Assert.All(example.Leaves().Where(path => path != "/" + Extension && !path.Contains("/configuration/", StringComparison.Ordinal)), path =>
        {
            var spoilt = example.With(path, value => value!.GetValueKind() == JsonValueKind.String ? 1 : value.ToJsonString());
            Assert.NotEmpty(ContractSchemas.Problems(example.SchemaName, spoilt));
            Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(spoilt, example.Record));
        });
    }

    [Theory]
    [InlineData("vehicle.entered.json", "/data/clock/state", "\"guessed\"")]
    [InlineData("vehicle.entered.json", "/data/evidence/0/kind", "\"hunch\"")]
    [InlineData("vehicle.entered.json", "/type", "\"io.bayedge.vehicle.left.v1\"")]
    [InlineData("vehicle.entered.json", "/specversion", "\"0.3\"")]
    [InlineData("vehicle.entered.json", "/sequence", "\"4711\"")]
    [InlineData("vehicle.entered.json", "/time", "\"2026-03-02T08:14:03.120+08:00\"")]
    [InlineData("vehicle.entered.json", "/time", "\"2026-13-02T08:14:03.120Z\"")]
    [InlineData("vehicle.entered.json", "/source", "\"/bayedge/sh-01/pi 01/3\"")]
    [InlineData("vehicle.entered.json", "/data/enteredAt", "\"2026-03-02T00:14:03.120Z\"")]
    [InlineData("vehicle.entered.json", "/data/vehicle/tags/0", "\"e280\"")]
    [InlineData("vehicle.entered.json", "/traceParent", "\"x\"")]
    [InlineData("vehicle.identified.json", "/data/vehicle/plateConfidence", "1.5")]
    [InlineData("vehicle.left.json", "/data/occupiedSeconds", "-1")]
    [InlineData("vehicle.left.json", "/data/stillPresent", "true")]
    [InlineData("vehicle.left.json", "/data/provisional", "false")]
    [InlineData("vehicle.left.json", "/data/runnerUp", "\"\"")]
    [InlineData("visit.corrected.json", "/data/stillPresent", "true")]
    [InlineData("visit.corrected.stillPresent.json", "/data/stillPresent", "false")]
    [InlineData("device.gap.json", "/data/reason", "\"unlucky\"")]
    [InlineData("device.gap.json", "/subject", "\"bay-03\"")]
    [InlineData("bay.state.json", "/state", "2")]
    [InlineData("device.status.json", "/state", "\"asleep\"")]
    [InlineData("device.status.json", "/firstUnconfirmed", "0")]
    [InlineData("neighbours.json", "/ageMs", "-1")]
    [InlineData("neighbours.json", "/bootId", "\"\"")]
    [InlineData("neighbours.json", "/tags/0/tag", "\"E28\"")]
    [InlineData("neighbours.json", "/tags/0/reads", "-1")]
    [InlineData("neighbours.json", "/tags/0/strongestRssiDbm", "1e300")]
    [InlineData("neighbours.json", "/tags/0/visiting", "false")]
    [InlineData("neighbours.json", "/tags/0/bay", "\"bay 4\"")]
    [InlineData("ack.json", "/upTo", "4711.5")]
    [InlineData("ack.json", "/upTo", "0")]
    [InlineData("ack.json", "/site", "\"sh-01\"")]
    [InlineData("command.replay.json", "/transaction", "\"\"")]
    [InlineData("command.replay.json", "/transaction", "\"two words\"")]
    [InlineData("command.replay.json", "/data/from", "0")]
    [InlineData("command.restart.json", "/data", "{}")]
    [InlineData("command.expectedVehicles.json", "/data/action", "\"clear\"")]
    [InlineData("reply.replay.json", "/command", "\"restart\"")]
    [InlineData("reply.replay.json", "/status", "\"error\"")]
    [InlineData("reply.replay.json", "/repeated", "false")]
    [InlineData("reply.failed.json", "/status", "\"ok\"")]
    [InlineData("reply.failed.json", "/error/key", "\"bad.luck\"")]
    public void A_value_outside_its_range_or_list_is_refused(string file, string path, string value)
    {
        var example = new ContractExample(file);

        Assert.NotEmpty(ContractSchemas.Problems(example.SchemaName, example.With(path, _ => JsonNode.Parse(value))));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_null_is_refused_where_a_member_may_only_be_absent(string file)
    {
        var example = new ContractExample(file);
        Assert.All(example.RequiredMembers(), path =>
        {
            const string Marker = "\"to be null\"";
            var spoilt = example.With(path, _ => "to be null").Replace(Marker, "null", StringComparison.Ordinal);
            Assert.NotEmpty(ContractSchemas.Problems(example.SchemaName, spoilt));
        });
    }
}
