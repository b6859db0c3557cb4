using System.Text.Json.Serialization;

namespace BayEdge.Contracts.Events;

/// <summary>An event in the CloudEvents 1.0 structured JSON format.</summary>
/// <remarks>
/// Source: CloudEvents 1.0.2, with the extensions <c>sequence</c> and <c>recordedtime</c>. <see cref="Source"/> and
/// <see cref="Id"/> together are unique for ever: a consumer that keeps both can drop what it has seen before.
/// </remarks>
public sealed record CloudEvent<TData>
{
    /// <summary>The version of the CloudEvents specification, always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary><c>/bayedge/{site}/{device}/{epoch}</c>.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The bay that the event speaks of; absent when it speaks of the device.</summary>
    [JsonPropertyName("subject")]
    public string? Subject { get; init; }

    /// <summary>When it happened at the bay, not when it was decided.</summary>
    [JsonPropertyName("time")]
    public required DateTimeOffset Time { get; init; }

    /// <summary>When the device decided it.</summary>
    [JsonPropertyName("recordedtime")]
    public required DateTimeOffset RecordedTime { get; init; }

    /// <summary>
    /// The event's number in its <see cref="Source"/>: 1, 2, 3 … without a gap, padded with zeros to 16 digits so that
    /// it also sorts as text.
    /// </summary>
    [JsonPropertyName("sequence")]
    public required string Sequence { get; init; }

    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; init; } = "application/json";

    [JsonPropertyName("data")]
    public required TData Data { get; init; }
}
