using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Timing;

/// <summary>What the service writes down with every event: the bays, and what is known of the clock by which they are dated.</summary>
/// <param name="Bays">For <see cref="TrackerSnapshot"/>.</param>
/// <param name="Clock">Null in a snapshot of the version before.</param>
internal readonly record struct DeviceSnapshot(ReadOnlyMemory<byte> Bays, ClockLedger? Clock)
{
    private static readonly JsonEncodedText ClockName = JsonEncodedText.Encode("clock");
    private static readonly JsonEncodedText BaysName = JsonEncodedText.Encode("bays");

    public static ReadOnlyMemory<byte> Write(TrackerState state, ClockLedger clock)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName(ClockName);
            JsonSerializer.Serialize(json, clock, ClockJson.Default.ClockLedger);
            json.WritePropertyName(BaysName);
            json.WriteRawValue(TrackerSnapshot.Write(state, clock.BootId), skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <exception cref="JsonException">This is no snapshot.</exception>
    public static DeviceSnapshot Read(ReadOnlyMemory<byte> snapshot)
    {
        using var json = JsonDocument.Parse(snapshot);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(BaysName.EncodedUtf8Bytes, out var bays)
            ? new DeviceSnapshot(JsonSerializer.SerializeToUtf8Bytes(bays, ClockJson.Default.JsonElement), ReadClock(json.RootElement))
            : new DeviceSnapshot(snapshot, null);
    }

    private static ClockLedger? ReadClock(JsonElement root) =>
        root.TryGetProperty(ClockName.EncodedUtf8Bytes, out var clock) ? clock.Deserialize(ClockJson.Default.ClockLedger) : null;
}

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ClockLedger))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClockJson : JsonSerializerContext;
