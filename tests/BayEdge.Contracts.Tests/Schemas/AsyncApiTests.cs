using System.Reflection;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Commands;
using BayEdge.TestKit;
using YamlDotNet.RepresentationModel;

namespace BayEdge.Contracts.Tests.Schemas;

/// <summary>asyncapi.yaml, the topics of the code and the schemas are one.</summary>
public sealed class AsyncApiTests
{
    private static readonly string File = Repository.PathOf("src", "BayEdge.Contracts", "asyncapi.yaml");

    private readonly YamlMappingNode _document = Load();

    [Fact]
    public void It_is_AsyncAPI_3() => Assert.Equal("3.0.0", Text(_document, "asyncapi"));

    [Fact]
    public void Every_topic_of_the_code_has_a_channel_and_the_other_way_round()
    {
        var topics = typeof(Topics).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(string))
            .Select(method => (string)method.Invoke(null, [.. method.GetParameters().Select(parameter => $"{{{parameter.Name}}}")])!)
            .Where(topic => !topic.Contains('+', StringComparison.Ordinal));

        Assert.Equal(
            topics.Order(StringComparer.Ordinal),
            Channels().Select(channel => Text(channel.Value, "address")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src/BayEdge.Contracts/asyncapi.yaml")]
    [InlineData("README.md")]
    public void A_consumer_is_told_both_topics_of_a_devices_sequence(string file)
    {
        var text = System.IO.File.ReadAllText(Repository.PathOf(file));
        Assert.Contains($"`{Topics.AllBayEvents()}`", text, StringComparison.Ordinal);
        Assert.Contains($"`{Topics.DeviceEvents("+", "+")}`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_channel_declares_exactly_the_parameters_of_its_address() =>
        Assert.All(Channels(), channel =>
        {
            var levels = Text(channel.Value, "address").Split('/');
            var inAddress = levels.Where(level => level.StartsWith('{')).Select(level => level.Trim('{', '}'));
            Assert.Equal(inAddress, Keys((YamlMappingNode)channel.Value["parameters"]));
        });

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var references = References(_document).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Resolves(reference), $"{reference} leads nowhere"));
    }

    [Fact]
    public void Every_schema_is_the_payload_of_a_message() =>
        Assert.Equal(
            ContractSchemas.Names,
            References(_document)
                .Where(reference => reference.StartsWith("Schemas/", StringComparison.Ordinal))
                .Select(reference => Path.GetFileName(reference).Replace(".schema.json", "", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void An_event_message_is_named_for_the_type_that_its_schema_demands() =>
        Assert.All(
            ((YamlMappingNode)_document["components"]["messages"]).Children.Values.Where(message =>
                Text(message, "name").StartsWith("io.bayedge.", StringComparison.Ordinal)),
            message => Assert.Contains(
                $"\"{Text(message, "name")}\"",
                System.IO.File.ReadAllText(Path.Combine(Path.GetDirectoryName(File)!, Text(message["payload"]["schema"], "$ref"))),
                StringComparison.Ordinal));

    [Fact]
    public void Every_channel_carries_messages_and_has_an_operation()
    {
        var used = ((YamlMappingNode)_document["operations"]).Children.Values
            .Select(operation => Text(operation["channel"], "$ref").Split('/')[^1])
            .ToHashSet();

        Assert.Equal(used.Order(StringComparer.Ordinal), Channels().Select(channel => channel.Key).Order(StringComparer.Ordinal));
        Assert.All(Channels(), channel => Assert.True(channel.Value.Children.ContainsKey("messages")));
    }

    [Fact]
    public void Every_command_of_the_code_has_a_message_and_a_reply()
    {
        var names = typeof(CommandNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(names, MessagesOf("command"));
        Assert.Equal([.. names, "failed"], MessagesOf("reply").OrderBy(name => name == "failed"));
    }

    [Fact]
    public void Every_reason_of_a_refusal_is_in_the_schema()
    {
        var keys = typeof(CommandErrors).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        var schema = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(ContractSchemas.Folder, "reply.failed.schema.json")))!;
        var listed = schema["properties"]!["error"]!["properties"]!["key"]!["enum"]!.AsArray().Select(key => (string)key!);

        Assert.Equal(keys.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static YamlMappingNode Load()
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(File);
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private IEnumerable<(string Key, YamlMappingNode Value)> Channels() =>
        ((YamlMappingNode)_document["channels"]).Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, (YamlMappingNode)pair.Value));

    private IEnumerable<string> MessagesOf(string channel) =>
        Keys((YamlMappingNode)_document["channels"][channel]["messages"]).Order(StringComparer.Ordinal);

    private bool Resolves(string reference)
    {
        if (!reference.StartsWith('#'))
            return System.IO.File.Exists(Path.Combine(Path.GetDirectoryName(File)!, reference));

        YamlNode node = _document;
        foreach (var step in reference.Split('/')[1..])
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(step, out var next))
                return false;
            node = next;
        }

        return true;
    }

    private static IEnumerable<string> References(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.SelectMany(pair =>
            pair.Key is YamlScalarNode { Value: "$ref" } ? [((YamlScalarNode)pair.Value).Value!] : References(pair.Value)),
        YamlSequenceNode sequence => sequence.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<string> Keys(YamlMappingNode node) => node.Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
