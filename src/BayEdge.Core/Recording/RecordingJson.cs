using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Json;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Recording;

/// <summary>How the first line of a segment is written and read: times to the tick, so that nothing depends on rounding.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters = [
        typeof(DriverSettingsConverter),
        typeof(CamelCaseEnumConverter<PlateRegion>),
        typeof(CamelCaseEnumConverter<Caution>),
        typeof(CamelCaseEnumConverter<DeliveryConfirmation>)])]
[JsonSerializable(typeof(SegmentStart))]
[JsonSerializable(typeof(RecordingDescription))]
internal sealed partial class RecordingJson : JsonSerializerContext
{
    /// <summary>The context to use: plates stay readable instead of becoming escapes.</summary>
    public static RecordingJson Lines => Readable.Lines;

    /// <summary>For files that a person opens.</summary>
    public static RecordingJson Pages => Readable.Pages;

    // A class of its own, because the generated half's static fields must be set before these are made.
    private static class Readable
    {
        internal static readonly RecordingJson Lines = new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

        internal static readonly RecordingJson Pages = new(new JsonSerializerOptions(Lines.Options) { WriteIndented = true });
    }
}

/// <summary>The settings of a device as an object of texts.</summary>
internal sealed class DriverSettingsConverter : JsonConverter<DriverSettings>
{
    public override DriverSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("Expected the settings of a device as an object in { }.");
        return new DriverSettings(document.RootElement.EnumerateObject().ToImmutableSortedDictionary(
            setting => setting.Name, setting => setting.Value.ToString(), StringComparer.Ordinal));
    }

    public override void Write(Utf8JsonWriter writer, DriverSettings value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, setting) in value.Values)
            writer.WriteString(key, setting);
        writer.WriteEndObject();
    }
}
