using System.Text.Json;

namespace BayEdge.Contracts.Json;

/// <summary>Says where JSON of the wire went wrong, without the words of the library.</summary>
public static class JsonFaults
{
    /// <summary>Whether the reader says that something is no JSON: half a character shows only when its text is asked for, and otherwise.</summary>
    public static bool IsFault(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <param name="exception">One that <see cref="IsFault"/>.</param>
    public static string Describe(Exception exception) =>
        exception is JsonException json ? Describe(json) : "a text in it holds half a character";

    /// <returns>The rest of a sentence, such as <c>something is missing or of another kind at $.data (line 1, byte 120)</c>.</returns>
    public static string Describe(JsonException exception) => exception.Path is { } path
        ? $"something is missing or of another kind at {path}{Place(exception)}"
        : $"something is missing or of another kind{Place(exception)}";

    private static string Place(JsonException exception) =>
        exception is { LineNumber: { } line, BytePositionInLine: { } position } ? $" (line {line + 1}, byte {position + 1})" : "";
}
