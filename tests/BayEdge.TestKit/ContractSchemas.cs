using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using BayEdge.Contracts.Events;
using NJsonSchema;
using Xunit;

namespace BayEdge.TestKit;

/// <summary>The published JSON Schemas, to hold real output against them.</summary>
public static class ContractSchemas
{
    private const string Suffix = ".schema.json";

    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> Loaded = new();

    private static readonly Dictionary<string, string> EventSchemas = new()
    {
        [EventTypes.VehicleEntered] = "vehicle.entered",
        [EventTypes.VehicleIdentified] = "vehicle.identified",
        [EventTypes.VehicleLeft] = "vehicle.left",
        [EventTypes.VisitCorrected] = "visit.corrected",
        [EventTypes.VisitRetracted] = "visit.retracted",
        [EventTypes.DeviceGap] = "device.gap",
    };

    /// <summary>The folder of the schemas, and of their <c>examples</c>.</summary>
    public static string Folder { get; } = Repository.PathOf("src", "BayEdge.Contracts", "Schemas");

    /// <summary>The names of all schemas, such as <c>vehicle.left</c>, without the one that they share.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetFiles(Folder, "*" + Suffix)
            .Select(path => Path.GetFileName(path)[..^Suffix.Length])
            .Where(name => name != "common")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Fails unless a message that was published on a topic keeps to the contract.</summary>
    public static void AssertValid(string topic, ReadOnlySpan<byte> payload)
    {
        var json = Encoding.UTF8.GetString(payload);
        var name = NameFor(topic, json);
        var problems = Problems(name, json);
        Assert.True(problems.Count == 0, $"{topic} does not keep to {name}:\n{string.Join('\n', problems)}\n{json}");
    }

    /// <summary>Fails unless an event keeps to the schema of its own type.</summary>
    public static void AssertValidEvent(string json)
    {
        var name = EventName(json);
        var problems = Problems(name, json);
        Assert.True(problems.Count == 0, $"The event does not keep to {name}:\n{string.Join('\n', problems)}\n{json}");
    }

    /// <summary>What is wrong with a JSON text by the schema of a name; empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(string name, string json) =>
        [.. Load(name).Validate(json).Select(error => $"{error.Path}: {error.Kind}")];

    /// <summary>The schema that a message on a topic must keep to.</summary>
    public static string NameFor(string topic, string json) => topic.Split('/') switch
    {
        ["bayedge", "v1", _, "vehicles"] => "vehicles",
        ["bayedge", "v1", _, "neighbours"] => "neighbours",
        ["bayedge", "v1", _, "utilisation"] => "site.utilisation",
        ["bayedge", "v1", _, _, "bays", _, "events"] or ["bayedge", "v1", _, _, "events"] => EventName(json),
        ["bayedge", "v1", _, _, "bays", _, "state"] => "bay.state",
        ["bayedge", "v1", _, _, "status"] => "device.status",
        ["bayedge", "v1", _, _, "health"] => "device.health",
        ["bayedge", "v1", _, _, "handover"] => "handover",
        ["bayedge", "v1", _, _, "ack"] => "ack",
        ["bayedge", "v1", _, _, "commands", var name] => $"command.{name}",
        ["bayedge", "v1", _, _, "replies", var name] => json.Contains("\"status\":\"error\"", StringComparison.Ordinal) ? "reply.failed" : $"reply.{name}",
        _ => throw new ArgumentException($"No schema speaks of the topic {topic}.", nameof(topic)),
    };

    private static string EventName(string json)
    {
        using var document = JsonDocument.Parse(json);
        var type = document.RootElement.GetProperty("type").GetString()!;
        return EventSchemas.TryGetValue(type, out var name)
            ? name
            : throw new ArgumentException($"No schema speaks of the event type {type}.", nameof(json));
    }

    private static JsonSchema Load(string name) =>
        Loaded.GetOrAdd(name, static name => new(() => FromFile(Path.Combine(Folder, name + Suffix)))).Value;

    private static JsonSchema FromFile(string path) => JsonSchema.FromFileAsync(path).GetAwaiter().GetResult();
}
