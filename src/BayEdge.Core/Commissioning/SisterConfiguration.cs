using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;

namespace BayEdge.Core.Commissioning;

/// <summary>A secret that did not travel with a configuration, and must be typed anew.</summary>
/// <param name="Section">Such as <c>cameras</c>.</param>
/// <param name="Name">Such as <c>cam-1.password</c>.</param>
public sealed record LeftOutSecret(string Section, string Name);

/// <summary>A device's configuration made of that of another one.</summary>
/// <param name="Sister">What the other device is called.</param>
public sealed record AdoptedConfiguration(string Json, string Sister, ImmutableArray<LeftOutSecret> LeftOut);

/// <summary>Makes a device's configuration of that of another one.</summary>
public static class SisterConfiguration
{
    // Found by their text, wherever the exception is caught.
    private static readonly Wording NoObject = "expected a configuration, one object in { }, but the file holds something else";
    private static readonly Wording NoJson = "expected the configuration of another BayEdge device as JSON; export it there and choose that file";
    private static readonly Wording NoDevice = "expected a configuration with the name of its device, but there is none";

    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Everything of the sister but her name: two devices with one name throw each other out at the broker.</summary>
    /// <param name="json">The sister's configuration, or the backup that her page makes of it.</param>
    /// <param name="device">What this device is called.</param>
    /// <param name="hidden">Stands where a secret is that does not travel; it is left out.</param>
    /// <exception cref="FormatException">It is no configuration; the message says what was expected.</exception>
    public static AdoptedConfiguration Adopt(string json, string device, string hidden)
    {
        try
        {
            var root = Parse(json);
            if (!root.ContainsKey("device") && TextOf(root["configuration"]) is { } kept)
                root = Parse(kept);
            if (TextOf(root["device"]) is not { Length: > 0 } sister)
                throw new FormatException(NoDevice.Text);
            root["device"] = device;
            var leftOut = ImmutableArray.CreateBuilder<LeftOutSecret>();
            foreach (var (section, value) in root)
                LeaveOut(value, hidden, section, name => leftOut.Add(new LeftOutSecret(section, name)));
            return new AdoptedConfiguration(root.ToJsonString(), sister, leftOut.ToImmutable());
        }
        catch (Exception exception) when (JsonFaults.IsFault(exception))
        {
            throw new FormatException(NoJson.Text, exception);
        }
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json, documentOptions: Syntax) as JsonObject ?? throw new FormatException(NoObject.Text);

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static void LeaveOut(JsonNode? node, string hidden, string place, Action<string> left)
    {
        if (node is JsonObject members)
        {
            place = TextOf(members["id"]) ?? place;
            foreach (var (name, value) in members.ToList())
            {
                LeaveOut(value, hidden, place, left);
                if (TextOf(value)?.Contains(hidden, StringComparison.Ordinal) is not true)
                    continue;
                left($"{place}.{name}");
                if (TextOf(value) == hidden)
                    members.Remove(name);
                else
                    // Such as rtsp://user:hidden@host; the colon goes along.
                    members[name] = TextOf(value)!.Replace($":{hidden}", "", StringComparison.Ordinal).Replace(hidden, "", StringComparison.Ordinal);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                LeaveOut(item, hidden, place, left);
        }
    }
}
