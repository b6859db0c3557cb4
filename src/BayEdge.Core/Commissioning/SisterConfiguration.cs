using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning;

/// <summary>Makes a device's configuration of that of another one.</summary>
public static class SisterConfiguration
{
    // Found by their text, wherever the exception is caught.
    private static readonly Wording NoObject = "expected a configuration, one object in { }, but the file holds something else";
    private static readonly Wording NoJson = "expected the configuration of another BayEdge device as JSON; export it there and choose that file";
    private static readonly Wording NoDevice = "expected a configuration with the name of its device, but there is none";

    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Everything of the sister but her name: two devices with one name throw each other out at the broker.</summary>
    /// <param name="json">The sister's configuration, as she exports it.</param>
    /// <param name="device">What this device is called.</param>
    /// <param name="hidden">Stands where a secret is that does not travel; it is left out.</param>
    /// <param name="sister">What the sister is called.</param>
    /// <exception cref="FormatException">It is no configuration; the message says what was expected.</exception>
    public static string Adopt(string json, string device, string hidden, out string sister)
    {
        try
        {
            var root = JsonNode.Parse(json, documentOptions: Syntax) as JsonObject ?? throw new FormatException(NoObject.Text);
            sister = root["device"] is JsonValue value && value.TryGetValue(out string? name) && name.Length > 0
                ? name
                : throw new FormatException(NoDevice.Text);
            root["device"] = device;
            LeaveOut(root, hidden);
            return root.ToJsonString();
        }
        catch (Exception exception) when (JsonFaults.IsFault(exception))
        {
            throw new FormatException(NoJson.Text, exception);
        }
    }

    private static void LeaveOut(JsonNode? node, string hidden)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Where(member => member.Value is JsonValue value && value.TryGetValue(out string? text) && text == hidden).Select(member => member.Key).ToList())
                members.Remove(name);
            foreach (var (_, value) in members)
                LeaveOut(value, hidden);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                LeaveOut(item, hidden);
        }
    }
}
