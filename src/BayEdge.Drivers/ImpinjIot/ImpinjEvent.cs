using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>One line of the reader's data stream, as far as it matters here.</summary>
/// <param name="Tag">Upper-case hex; null when the line speaks of something else.</param>
/// <param name="LastSeen">By the reader's clock; null when the line does not tell.</param>
/// <param name="InventoryStatus">Such as <c>running</c> or <c>idle</c>; null when the line does not tell.</param>
/// <param name="Memory">What the tag gave of its memory; default when the line does not tell.</param>
/// <param name="PowerDbm">With which the reader sent; null when the line does not tell.</param>
internal readonly record struct ImpinjEvent(string? Tag, int? Antenna, double? RssiDbm, double? PowerDbm, DateTimeOffset? LastSeen, string? InventoryStatus, ImmutableArray<ImpinjWords> Memory = default)
{
    /// <remarks>
    /// <c>{"timestamp":"…","eventType":"tagInventory","tagInventoryEvent":{"epcHex":"…","antennaPort":1,"peakRssiCdbm":-5234,…}}</c>
    /// (Impinj IoT Device Interface, data stream). Strength comes in hundredths of a dBm.
    /// </remarks>
    /// <exception cref="FormatException">The line is no event; the message says what was expected.</exception>
    public static ImpinjEvent Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new FormatException("an event in JSON was expected");
            if (Object(root, "inventoryStatusEvent") is { } status && status.TryGetProperty("inventoryStatus", out var value))
                return new ImpinjEvent(null, null, null, null, null, value.GetString());
            return Object(root, "tagInventoryEvent") is { } tag ? ReadTag(root, tag) : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("an event in JSON was expected", exception);
        }
    }

    private static ImpinjEvent ReadTag(JsonElement root, JsonElement tag)
    {
        var fields = new LogFields(tag);
        var seen = fields.Has("lastSeenTime") ? fields.Time("lastSeenTime") : new LogFields(root) is var line && line.Has("timestamp") ? line.Time("timestamp") : (DateTimeOffset?)null;
        return new ImpinjEvent(
            fields.Has("epc") && !fields.Has("epcHex") && tag.GetProperty("epc").TryGetBytesFromBase64(out var epc) ? Convert.ToHexString(epc) : fields.Hex("epcHex"),
            fields.Has("antennaPort") ? fields.Integer("antennaPort", 1, 65535) : null,
            fields.NumberOrNull("peakRssiCdbm", -20_000, 5000) / 100,
            fields.NumberOrNull("transmitPowerCdbm", -5000, 5000) / 100,
            seen,
            null,
            MemoryIn(tag));
    }

    /// <summary><c>"tagMemoryData":[{"memoryBank":"tid","wordOffset":0,"tagDataHex":"…"}]</c>, of which those that tell no data are none.</summary>
    private static ImmutableArray<ImpinjWords> MemoryIn(JsonElement tag) =>
        tag.TryGetProperty("tagMemoryData", out var parts) && parts.ValueKind == JsonValueKind.Array ? [.. parts.EnumerateArray().Select(WordsIn).OfType<ImpinjWords>()] : default;

    private static ImpinjWords? WordsIn(JsonElement part) =>
        RestAnswer.TextIn(part, "tagDataHex") is { } hex && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit)
        && RestAnswer.TextIn(part, "memoryBank") is { } bank
        && part.TryGetProperty("wordOffset", out var first) && first.ValueKind == JsonValueKind.Number && first.TryGetInt32(out var firstWord)
            ? new ImpinjWords(bank, firstWord, hex.ToUpperInvariant())
            : null;

    private static JsonElement? Object(JsonElement root, string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;
}

/// <summary>Part of the memory of a tag.</summary>
/// <param name="Bank">As the reader names it.</param>
/// <param name="Hex">Upper-case; empty where the tag did not give it.</param>
internal readonly record struct ImpinjWords(string Bank, int FirstWord, string Hex);
