using System.Text.Json;

namespace BayEdge.Drivers.Rest;

/// <summary>What a reader answers over REST.</summary>
internal static class RestAnswer
{
    /// <summary>Reads an answer, all of whose texts are texts.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Read(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        try
        {
            RequireTexts(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException exception)
        {
            // So the parser says, only when asked for it, that an escaped text holds half a character.
            throw new JsonException("A text of the answer holds half a character.", exception);
        }
    }

    /// <returns>Null where there is no such text.</returns>
    public static string? TextIn(JsonElement answer, string key) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void RequireTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    RequireTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    RequireTexts(property.Value);
                }

                break;
        }
    }
}
