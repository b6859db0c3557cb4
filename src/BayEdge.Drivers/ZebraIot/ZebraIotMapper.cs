using System.Globalization;
using System.Text.Json;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;
using BayEdge.Drivers.Rest;
using BayEdge.Drivers.Timing;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>Reads the events of Zebra's IoT Connector.</summary>
/// <remarks>
/// A tag event is <c>{"type":"INVENTORY","timestamp":"…","data":{"idHex":"…","antenna":1,"peakRssi":-58,"reads":3,…}}</c>; a message holds
/// one, a list of them, or several in a row without anything between (Zebra IoT Connector documents, tag data events; FX7500,
/// FX9600 and FXR90). Any other event names its kind, as <c>{"eventType":"heartbeat",…}</c> does, and only says that the reader lives.
/// </remarks>
internal sealed class ZebraIotMapper(ReaderConfiguration reader) : IPushMapper
{
    private const int MostShown = 60;

    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(30);

    private static readonly JsonReaderOptions InARow = new() { AllowMultipleValues = true };

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly ReaderClock _clock = new(LongestWay);

    public void Connected(ObservedAt now) => _clock.ExpectHeldBack(now);

    public IReadOnlyList<Sighting> Map(ReadOnlyMemory<byte> body, ObservedAt arrival)
    {
        try
        {
            var events = EventsIn(body.Span);
            if (!events.Any(IsKnown))
                throw Unlike(events);
            return [.. events.Where(HasTag).Select(found => Map(found, found.GetProperty("data"), arrival)).OrderBy(sighting => sighting.At.Monotonic)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is how the parser says that a text in it is no text: broken UTF-8, half a character.
            throw new PushFormatException("expected events of Zebra's IoT Connector in JSON, but found something else", exception);
        }
        catch (FormatException exception)
        {
            throw new PushFormatException(exception.Message, exception);
        }
    }

    private static List<JsonElement> EventsIn(ReadOnlySpan<byte> body)
    {
        List<JsonElement> events = [];
        var json = new Utf8JsonReader(body, InARow);
        while (json.Read())
            events.AddRange(EventsIn(JsonElement.ParseValue(ref json)));
        return events;
    }

    private static IEnumerable<JsonElement> EventsIn(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(EventsIn) : [value];

    /// <summary>What is not known may come from anybody, and says nothing of the reader.</summary>
    private static bool IsKnown(JsonElement found) =>
        HasTag(found) || RestAnswer.TextIn(found, "eventType") is { Length: > 0 } || RestAnswer.TextIn(found, "type") is { Length: > 0 };

    private static bool HasTag(JsonElement found) =>
        found.ValueKind == JsonValueKind.Object && found.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("idHex", out _);

    private static PushFormatException Unlike(List<JsonElement> events)
    {
        var found = events.Select(item => item.GetRawText().ReplaceLineEndings(" ")).FirstOrDefault() ?? "no event";
        return new PushFormatException(
            "expected events of Zebra's IoT Connector such as {\"type\":\"INVENTORY\",\"data\":{\"idHex\":\"…\"}} or {\"eventType\":\"heartbeat\",…}, "
            + $"but found {(found.Length <= MostShown ? found : $"{found[..MostShown]}…")}; check what is set to send here");
    }

    private TagSighting Map(JsonElement found, JsonElement data, ObservedAt arrival)
    {
        var fields = new LogFields(data);
        return new TagSighting(
            At(found, arrival), reader.Id, AntennaOf(fields), fields.Hex("idHex"), StrengthOf(fields, data), fields.IntegerOr("reads", 1, 1, int.MaxValue));
    }

    /// <remarks>The reader writes the offset of its clock without a colon.</remarks>
    private ObservedAt At(JsonElement found, ObservedAt arrival) =>
        found.TryGetProperty("timestamp", out var timestamp) && timestamp.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParseExact(
            WithColon(timestamp.GetString()!), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var onReader)
            ? _clock.ToDevice(onReader, arrival)
            : arrival;

    private static string WithColon(string time) =>
        time.Length > 5 && time[^5] is '+' or '-' && time[^3] != ':' ? $"{time[..^2]}:{time[^2..]}" : time;

    private int AntennaOf(LogFields fields)
    {
        if (!fields.Has("antenna") && reader.Antennas is [var only])
            return only.Port;
        return fields.Integer("antenna", 1, 65535);
    }

    /// <summary>Some firmware writes the number as a text.</summary>
    private static double? StrengthOf(LogFields fields, JsonElement data) =>
        data.TryGetProperty("peakRssi", out var value) && value.ValueKind == JsonValueKind.String
            ? double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var dBm) && dBm is >= -200 and <= 50 ? dBm : null
            : fields.NumberOrNull("peakRssi", -200, 50);
}
