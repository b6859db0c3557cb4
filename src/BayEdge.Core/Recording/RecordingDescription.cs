using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Json;
using BayEdge.Core.Configuration;

namespace BayEdge.Core.Recording;

/// <summary>What an exported recording says of itself.</summary>
/// <param name="Product">The version that recorded last.</param>
/// <param name="From">When it begins, by the wall clock of then.</param>
public sealed record RecordingDescription(
    string Product,
    string Site,
    string Device,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset From,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset ExportedAt,
    int Segments)
{
    /// <summary>JSON for a person to open.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RecordingJson.Pages.RecordingDescription);

    /// <summary>A configuration as JSON for a person to open.</summary>
    public static byte[] ToJson(EdgeConfiguration configuration) => JsonSerializer.SerializeToUtf8Bytes(configuration, RecordingJson.Pages.EdgeConfiguration);
}
