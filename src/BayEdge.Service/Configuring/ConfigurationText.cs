using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Json;

namespace BayEdge.Service.Configuring;

/// <summary>A configuration as text and as JSON, and the name of its content.</summary>
internal static class ConfigurationText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>Comments and trailing commas are passed over; a key that stands twice is no JSON, nor is half a character.</summary>
    /// <returns>Null where the text is no JSON object.</returns>
    public static JsonObject? Parse(string json)
    {
        try
        {
            var document = JsonNode.Parse(json, documentOptions: Syntax) as JsonObject;
            // Half a character shows only when its text is asked for.
            _ = document?.ToJsonString();
            return document;
        }
        catch (Exception exception) when (JsonFaults.IsFault(exception))
        {
            return null;
        }
    }

    /// <summary>For people: indented, and Chinese as it is read.</summary>
    public static string Of(JsonObject document) => document.ToJsonString(Readable);

    public static string RevisionOf(string text, string? secrets) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\0{secrets}")))[..16];
}
