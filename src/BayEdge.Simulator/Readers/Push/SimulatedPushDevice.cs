using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BayEdge.Simulator.Readers.Push;

/// <summary>A plate camera, a gateway or a reader that pushes what it sees as JSON.</summary>
public abstract class SimulatedPushDevice(TimeProvider time)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How far the device's clock is ahead. The default value is zero.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Whether it tells times at all. The default value is true.</summary>
    public bool TellsTimes { get; init; } = true;

    /// <param name="age">How long before it is sent it was seen.</param>
    public JsonObject Tag(string epc, int? antenna = null, double? rssi = null, int? count = null, TimeSpan age = default) =>
        Seen(new JsonObject { ["kind"] = "tag", ["tag"] = epc, ["antenna"] = antenna, ["rssi"] = rssi, ["count"] = count }, age);

    /// <param name="age">How long before it is sent it was seen.</param>
    public JsonObject Plate(string text, string? zone = null, double? confidence = null, TimeSpan age = default) =>
        Seen(new JsonObject { ["kind"] = "plate", ["text"] = text, ["zone"] = zone, ["confidence"] = confidence }, age);

    /// <param name="age">How long before it is sent it was seen.</param>
    public JsonObject Presence(bool present, TimeSpan age = default) => Seen(new JsonObject { ["kind"] = "presence", ["present"] = present }, age);

    protected string Message(IEnumerable<JsonObject> sightings)
    {
        var message = new JsonObject { ["sightings"] = new JsonArray([.. sightings]) };
        if (TellsTimes)
            message["sentAt"] = Clock(TimeSpan.Zero);
        return message.ToJsonString(Plain);
    }

    private JsonObject Seen(JsonObject sighting, TimeSpan age)
    {
        foreach (var absent in sighting.Where(field => field.Value is null).Select(field => field.Key).ToList())
            sighting.Remove(absent);
        if (TellsTimes)
            sighting["at"] = Clock(age);
        return sighting;
    }

    private string Clock(TimeSpan age) => (time.GetUtcNow() + ClockOffset - age).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
