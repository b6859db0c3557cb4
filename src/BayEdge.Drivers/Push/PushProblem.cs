using System.Text.Encodings.Web;
using System.Text.Json;

namespace BayEdge.Drivers.Push;

/// <summary>What a sender is told of a message that was not taken: <c>{"error":"…"}</c>.</summary>
internal static class PushProblem
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] ToJson(string sentence)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("error", sentence);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
