using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BayEdge.Contracts.Json;
using BayEdge.TestKit;

namespace BayEdge.Contracts.Tests.Schemas;

/// <summary>A published example with its schema, its record, and ways to spoil it.</summary>
internal sealed class ContractExample(string file)
{
    private static readonly JsonNode Shared = Parse("common.schema.json");

    public static IEnumerable<string> Files { get; } =
    [
        .. Directory.GetFiles(Path.Combine(ContractSchemas.Folder, "examples"))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>An example is named for its schema, with a variant behind it where there are several.</summary>
    public string SchemaName { get; } = ContractSchemas.Names.Single(name => file.StartsWith(name + ".", StringComparison.Ordinal));

    public string Text { get; } = File.ReadAllText(Path.Combine(ContractSchemas.Folder, "examples", file));

    public JsonTypeInfo Record => SchemaName switch
    {
        "device.gap" => ContractsJson.Wire.CloudEventGapData,
        "bay.state" => ContractsJson.Wire.BayStateMessage,
        "device.status" => ContractsJson.Wire.DeviceStatus,
        "device.health" => ContractsJson.Wire.DeviceHealth,
        "handover" => ContractsJson.Wire.DeviceHandover,
        "ack" => ContractsJson.Wire.Ack,
        "vehicles" => ContractsJson.Wire.ExpectedVehicles,
        "neighbours" => ContractsJson.Wire.NeighbourReport,
        "site.utilisation" => ContractsJson.Wire.SiteUtilisation,
        "command.restart" or "command.diagnostics" or "command.getConfiguration" => ContractsJson.Wire.CommandMessage,
        "command.replay" => ContractsJson.Wire.CommandMessageReplayCommand,
        "command.evidencePicture" => ContractsJson.Wire.CommandMessagePictureCommand,
        "command.correctPlate" => ContractsJson.Wire.CommandMessageCorrectPlateCommand,
        "command.expectedVehicles" => ContractsJson.Wire.CommandMessageExpectedVehiclesCommand,
        "command.setConfiguration" => ContractsJson.Wire.CommandMessageSetConfigurationCommand,
        "command.confirmConfiguration" => ContractsJson.Wire.CommandMessageConfirmConfigurationCommand,
        "reply.getConfiguration" => ContractsJson.Wire.CommandReplyGetConfigurationResult,
        "reply.setConfiguration" => ContractsJson.Wire.CommandReplySetConfigurationResult,
        "reply.failed" or "reply.restart" or "reply.confirmConfiguration" => ContractsJson.Wire.CommandReplyJsonNode,
        "reply.correctPlate" => ContractsJson.Wire.CommandReplyCorrectPlateResult,
        "reply.replay" => ContractsJson.Wire.CommandReplyReplayResult,
        "reply.diagnostics" => ContractsJson.Wire.CommandReplyDiagnosticsResult,
        "reply.evidencePicture" => ContractsJson.Wire.CommandReplyPictureResult,
        "reply.expectedVehicles" => ContractsJson.Wire.CommandReplyExpectedVehiclesResult,
        _ => ContractsJson.Wire.CloudEventVisitData,
    };

    /// <summary>The paths of all members that the schema requires, as far as the example goes.</summary>
    public IEnumerable<string> RequiredMembers() => Required(Parse(SchemaName + ".schema.json"), JsonNode.Parse(Text)!, "");

    /// <summary>The paths of all members that hold a plain value.</summary>
    public IEnumerable<string> Leaves() => LeavesOf(JsonNode.Parse(Text)!, "");

    /// <summary>The example with one member replaced, or taken away when the value is null.</summary>
    public string With(string path, Func<JsonNode?, JsonNode?> change)
    {
        var root = JsonNode.Parse(Text)!;
        var steps = path.Split('/')[1..];
        var parent = steps[..^1].Aggregate(root, (node, step) => Child(node, step)!);
        var value = change(Child(parent, steps[^1]));
        if (parent is JsonArray items)
            items[Index(steps[^1])] = value;
        else if (value is null)
            parent.AsObject().Remove(steps[^1]);
        else
            parent[steps[^1]] = value;
        return root.ToJsonString();
    }

    private static JsonNode Parse(string schemaFile) => JsonNode.Parse(File.ReadAllText(Path.Combine(ContractSchemas.Folder, schemaFile)))!;

    private static IEnumerable<string> Required(JsonNode schema, JsonNode? value, string path)
    {
        var here = Resolve(schema);
        if (value is JsonArray items && here["items"] is { } each)
            return items.SelectMany((item, index) => Required(each, item, $"{path}/{index}"));
        // Where the names are free, none is required.
        if (value is not JsonObject members || here["properties"] is null)
            return [];

        var own = here["required"]!.AsArray().Select(name => $"{path}/{name}");
        return own.Concat(members
            .Where(member => here["properties"]![member.Key] is not null)
            .SelectMany(member => Required(here["properties"]![member.Key]!, member.Value, $"{path}/{member.Key}")));
    }

    private static JsonNode Resolve(JsonNode schema)
    {
        var node = schema["allOf"]?[0] ?? schema;
        return node["$ref"]?.GetValue<string>() switch
        {
            null => node,
            { } reference when reference.Contains('#', StringComparison.Ordinal) => Shared["definitions"]![reference.Split('/')[^1]]!,
            { } file => Parse(file),
        };
    }

    private static IEnumerable<string> LeavesOf(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => LeavesOf(member.Value, $"{path}/{member.Key}")),
        JsonArray items => items.SelectMany((item, index) => LeavesOf(item, $"{path}/{index}")),
        _ => [path],
    };

    private static JsonNode? Child(JsonNode node, string step) => node is JsonArray items ? items[Index(step)] : node[step];

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
