using System.Text;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.TestKit;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class ReceivedEventTests
{
    private const string Topic = "bayedge/v1/sh-01/pi-01/bays/bay-03/events";

    [Fact]
    public void An_event_about_a_visit_is_read_with_its_position_and_data()
    {
        Assert.True(ReceivedEvent.TryRead(Topic, Example(), out var received, out var problem), problem);

        Assert.Equal(new EventSource("sh-01", "pi-01", 3), received.Source);
        Assert.Equal(new EventPosition(3, 4713), received.Position);
        Assert.Equal(3723.58, received.Visit!.OccupiedSeconds);
        Assert.Null(received.Gap);
    }

    [Fact]
    public void An_event_type_of_a_later_version_is_read_without_data()
    {
        Assert.True(ReceivedEvent.TryRead(Topic, Example(root => root["type"] = "io.bayedge.tool.used.v1"), out var received, out _));

        Assert.Null(received.Visit);
        Assert.Null(received.Gap);
    }

    [Fact]
    public void Tags_that_are_left_out_are_none()
    {
        var payload = Example(root => root["data"]!["vehicle"] = JsonNode.Parse("{}"));

        Assert.True(ReceivedEvent.TryRead(Topic, payload, out var received, out var problem), problem);

        Assert.Empty(received.Visit!.Vehicle.Tags);
    }

    [Fact]
    public void Members_that_a_later_version_adds_are_passed_over() =>
        Assert.True(ReceivedEvent.TryRead(Topic, Example(root => root["data"]!["lift"] = "up"), out _, out _));

    [Theory]
    [InlineData("/specversion", "\"0.3\"", "expected specversion 1.0, but found '0.3'")]
    [InlineData("/source", "\"/bayedge/sh-01/3\"", "expected the source /bayedge/{site}/{device}/{epoch}, but found '/bayedge/sh-01/3'")]
    [InlineData("/source", "\"/bayedge/sh-01/b/3\"", "expected an event of the topic's own device, but found the source '/bayedge/sh-01/b/3'")]
    [InlineData("/sequence", "\"0000000000000000\"", "expected a sequence of digits from 1, but found '0000000000000000'")]
    [InlineData("/sequence", "\"-1\"", "expected a sequence of digits from 1, but found '-1'")]
    [InlineData("/sequence", "4713", "expected a CloudEvent as JSON, but something is missing or of another kind at $.sequence (line 1, byte ")]
    [InlineData("/type", "null", "expected a CloudEvent as JSON, but something is missing or of another kind at $")]
    [InlineData("/time", "\"yesterday\"", "expected a CloudEvent as JSON, but ")]
    [InlineData("/data", "null", "expected a CloudEvent as JSON, but something is missing or of another kind at $.data")]
    [InlineData("/data", "[]", "expected a CloudEvent as JSON, but something is missing or of another kind at $.data")]
    [InlineData("/data", "{}", "expected a CloudEvent as JSON, but something is missing or of another kind at $.data")]
    public void What_is_no_event_is_said_in_a_sentence(string path, string value, string expected)
    {
        var payload = Example(root => root[path[1..]] = JsonNode.Parse(value));

        Assert.False(ReceivedEvent.TryRead(Topic, payload, out var received, out var problem));

        Assert.Null(received);
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("BayEdge.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bays/bay-03/events", "bay-04", "expected an event of the topic's own bay, but found the bay 'bay-04'")]
    [InlineData("events", "bay-03", "expected an event of the topic's own bay, but found the bay 'bay-03'")]
    [InlineData("bays/bay 03/events", "bay 03", "expected a bay id of at most 64 letters, digits, '-', '_' and '.', but found 'bay 03'")]
    [InlineData("bays/bay-03/events", "", "expected a bay id of at most 64 letters, digits, '-', '_' and '.', but found ''")]
    public void A_bay_that_is_none_or_not_the_topics_own_is_said_in_a_sentence(string topic, string bay, string expected)
    {
        var payload = Example(root => root["data"]!["bay"] = bay);

        Assert.False(ReceivedEvent.TryRead($"bayedge/v1/sh-01/pi-01/{topic}", payload, out _, out var problem));

        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("\"subject\":\"bay-03\"", "\"subject\":\"\\ud800\"")]
    [InlineData("\"bay\":\"bay-03\"", "\"bay\":\"\\udc00\"")]
    public void Half_a_character_is_said_to_be_wrong(string right, string wrong)
    {
        var text = Encoding.UTF8.GetString(Example());
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.False(ReceivedEvent.TryRead(Topic, Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)), out _, out var problem));

        Assert.StartsWith("expected a CloudEvent as JSON, but ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("\u0000\u0001")]
    public void Rubbish_is_refused(string payload)
    {
        Assert.False(ReceivedEvent.TryRead(Topic, Encoding.UTF8.GetBytes(payload), out _, out var problem));
        Assert.StartsWith("expected a CloudEvent", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bayedge/sh-01/pi-01/3", true)]
    [InlineData("/bayedge/sh-01/pi-01/x", false)]
    [InlineData("/bayedge/sh 01/pi-01/3", false)]
    [InlineData("/bayedge//pi-01/3", false)]
    [InlineData("bayedge/sh-01/pi-01/3", false)]
    [InlineData("/bayedge/sh-01/pi-01/3/4", false)]
    [InlineData("", false)]
    public void A_source_is_read_only_in_its_one_form(string text, bool isSource)
    {
        Assert.Equal(isSource, EventSource.TryParse(text, out var source));
        if (isSource)
            Assert.Equal(text, source.ToString());
    }

    private static byte[] Example(Action<JsonNode>? change = null)
    {
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(ContractSchemas.Folder, "examples", "vehicle.left.json")))!;
        change?.Invoke(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
