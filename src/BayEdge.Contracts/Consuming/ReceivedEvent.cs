using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;

namespace BayEdge.Contracts.Consuming;

/// <summary>An event read from the wire and found well-formed.</summary>
public sealed record ReceivedEvent
{
    public required EventSource Source { get; init; }

    public required EventPosition Position { get; init; }

    public required CloudEvent<JsonElement> Envelope { get; init; }

    /// <summary>The data of an event about a visit, else null.</summary>
    public VisitData? Visit { get; init; }

    /// <summary>The data of a <c>device.gap</c> event, else null.</summary>
    public GapData? Gap { get; init; }

    /// <summary>One of <see cref="EventTypes"/>, or a type of a later version: such an event is kept and counted like any other.</summary>
    public string Type => Envelope.Type;

    /// <summary>Reads an event; on failure <paramref name="problem"/> says in a sentence what was expected.</summary>
    /// <param name="topic">Where it came from; the device and the bay in it must be those that the event names.</param>
    public static bool TryRead(
        string topic, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out ReceivedEvent? received, [NotNullWhen(false)] out string? problem)
    {
        received = null;
        try
        {
            problem = Read(topic, payload, out received);
        }
        catch (JsonException exception)
        {
            problem = $"expected a CloudEvent as JSON, but {JsonFaults.Describe(exception)}";
        }

        return problem is null && received is not null;
    }

    private static string? Read(string topic, ReadOnlySpan<byte> payload, out ReceivedEvent? received)
    {
        received = null;
        var envelope = JsonSerializer.Deserialize(payload, ContractsJson.Wire.CloudEventJsonElement);
        if (envelope is null)
            return "expected a CloudEvent, but found null";
        if (envelope.SpecVersion != "1.0")
            return $"expected specversion 1.0, but found '{envelope.SpecVersion}'";
        if (!EventSource.TryParse(envelope.Source, out var source))
            return $"expected the source /bayedge/{{site}}/{{device}}/{{epoch}}, but found '{envelope.Source}'";
        if (!Topics.TryParseDevice(topic, out var site, out var device) || (site, device) != (source.Site, source.Device))
            return $"expected an event of the topic's own device, but found the source '{envelope.Source}'";
        if (!EventPosition.TryParse(envelope.Source, envelope.Sequence, out var position))
            return $"expected a sequence of digits from 1, but found '{envelope.Sequence}'";

        var visit = EventTypes.IsVisit(envelope.Type) ? Data(envelope, ContractsJson.Wire.VisitData) : null;
        if (visit is not null && !Topics.IsValidId(visit.Bay))
            return $"expected a bay id of at most 64 letters, digits, '-', '_' and '.', but found '{visit.Bay}'";
        if (visit is not null && topic != Topics.BayEvents(site, device, visit.Bay))
            return $"expected an event of the topic's own bay, but found the bay '{visit.Bay}'";

        received = new ReceivedEvent
        {
            Source = source,
            Position = position,
            Envelope = envelope,
            Visit = visit,
            Gap = envelope.Type == EventTypes.DeviceGap ? Data(envelope, ContractsJson.Wire.GapData) : null,
        };
        return null;
    }

    private static TData Data<TData>(CloudEvent<JsonElement> envelope, JsonTypeInfo<TData> type)
    {
        const string Path = "$.data";
        try
        {
            return envelope.Data.Deserialize(type) ?? throw new JsonException(null, "$", null, null);
        }
        catch (JsonException exception)
        {
            throw new JsonException(null, $"{Path}{exception.Path?[1..]}", null, null, exception);
        }
    }
}
