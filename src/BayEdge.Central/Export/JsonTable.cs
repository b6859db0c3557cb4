using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Json;

namespace BayEdge.Central.Export;

/// <summary>Writes rows as one array, an object a line.</summary>
internal static class JsonTable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        var separator = "[\n";
        foreach (var row in rows)
        {
            var line = new JsonObject(row.Select(cell => KeyValuePair.Create(cell.Name, Node(cell.Value))));
            output.Write(separator + line.ToJsonString(Readable));
            separator = ",\n";
        }

        output.Write(separator == "[\n" ? "[]\n" : "\n]\n");
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        // 1e400 is legal JSON and no number of .NET; written back it would be none of JSON.
        double number => double.IsFinite(number) ? JsonValue.Create(Math.Round(number, 6)) : null,
        DateTimeOffset at => JsonSerializer.SerializeToNode(at, ContractsJson.Wire.DateTimeOffset),
        IEnumerable<string> several => new JsonArray([.. several.Select(text => JsonValue.Create(text))]),
        _ => JsonValue.Create((string)value),
    };
}
