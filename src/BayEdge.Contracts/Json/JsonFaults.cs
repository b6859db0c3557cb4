using System.Text.Json;

namespace BayEdge.Contracts.Json;

/// <summary>Says where JSON of the wire went wrong, without the words of the library.</summary>
public static class JsonFaults
{
    /// <returns>The rest of a sentence, such as <c>something is missing or of another kind at $.data (line 1, byte 120)</c>.</returns>
    public static string Describe(JsonException exception) => exception.Path is { } path
        ? $"something is missing or of another kind at {path}{Place(exception)}"
        : $"something is missing or of another kind{Place(exception)}";

    private static string Place(JsonException exception) =>
        exception is { LineNumber: { } line, BytePositionInLine: { } position } ? $" (line {line + 1}, byte {position + 1})" : "";
}
