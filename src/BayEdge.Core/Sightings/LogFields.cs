using System.Text.Json;

namespace BayEdge.Core.Sightings;

/// <summary>The fields of one sighting in JSON, a log line or another, each taken out with its limits.</summary>
/// <remarks>Everything throws <see cref="FormatException"/> with the sentence that the user gets to read.</remarks>
public readonly struct LogFields(JsonElement line)
{
    // A hundred years.
    private const decimal MostMilliseconds = 100m * 365 * 24 * 3600 * 1000;

    public string Text(string key) =>
        Find(key, JsonValueKind.String) is { } value && value.GetString() is { Length: > 0 } text
            ? text
            : throw Expected(key, "a text");

    // Without an offset the time would depend on where the computer stands.
    public DateTimeOffset Time(string key) =>
        Find(key, JsonValueKind.String) is { } value && value.TryGetDateTime(out var local) && local.Kind != DateTimeKind.Unspecified
            && value.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw Expected(key, "an RFC 3339 time such as 2026-03-02T08:00:00.120Z");

    public int Integer(string key, int least, int most) =>
        Find(key, JsonValueKind.Number) is { } value && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Expected(key, most == int.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}");

    public int IntegerOr(string key, int missing, int least, int most) => Has(key) ? Integer(key, least, most) : missing;

    public double Number(string key, double least, double most) =>
        Find(key, JsonValueKind.Number) is { } value && value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Expected(key, $"a number from {least} to {most}");

    public double? NumberOrNull(string key, double least, double most) => Has(key) ? Number(key, least, most) : null;

    /// <summary>The strength of a read in dBm, where the reader tells it.</summary>
    public double? RssiDbmOrNull() => NumberOrNull("rssi", -200, 50);

    /// <summary>A span in milliseconds, exact to the tick (100 ns).</summary>
    public TimeSpan Milliseconds(string key) =>
        Find(key, JsonValueKind.Number) is { } value && value.TryGetDecimal(out var number) && Math.Abs(number) < MostMilliseconds
            ? TimeSpan.FromTicks((long)(number * TimeSpan.TicksPerMillisecond))
            : throw Expected(key, "a number of milliseconds");

    public TimeSpan MillisecondsOrZero(string key) => Has(key) ? Milliseconds(key) : TimeSpan.Zero;

    public bool Flag(string key) =>
        (Find(key, JsonValueKind.True) ?? Find(key, JsonValueKind.False))?.GetBoolean() ?? throw Expected(key, "true or false");

    /// <summary>A tag's identity in hex; upper case, whatever the line has.</summary>
    public string Hex(string key)
    {
        var text = Text(key).ToUpperInvariant();
        return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? text : throw Expected(key, "an even number of hex digits");
    }

    public SourceState State(string key) => Text(key) switch
    {
        "up" => SourceState.Up,
        "down" => SourceState.Down,
        _ => throw Expected(key, "up or down"),
    };

    /// <summary>An object or list of any shape.</summary>
    public JsonElement Element(string key, JsonValueKind kind) =>
        Find(key, kind) ?? throw Expected(key, kind == JsonValueKind.Object ? "an object in { }" : "a list in [ ]");

    public bool Has(string key) => line.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;

    private JsonElement? Find(string key, JsonValueKind kind) =>
        line.TryGetProperty(key, out var value) && value.ValueKind == kind ? value : null;

    private FormatException Expected(string key, string what) => new(
        $"expected '{key}' to be {what}, but found {(line.TryGetProperty(key, out var value) ? value.GetRawText() : "nothing")}");
}
