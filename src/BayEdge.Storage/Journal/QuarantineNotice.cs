using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Delivery;

namespace BayEdge.Storage.Journal;

/// <summary>The <c>device.gap</c> event that takes the number of an event set aside.</summary>
/// <remarks>
/// The central system acknowledges without gaps: were the number left out, nothing after it could ever be confirmed.
/// </remarks>
internal static class QuarantineNotice
{
    /// <summary>Null when the topic is not one of a device.</summary>
    public static OutboxEntry? For(OutboxEntry entry)
    {
        if (!Topics.TryParseDevice(entry.Topic, out var site, out var device))
            return null;

        var notice = new CloudEvent<GapData>
        {
            Id = entry.Position.EventId,
            Source = EventPosition.SourceOf(site, device, entry.Position.Epoch),
            Type = EventTypes.DeviceGap,
            Time = entry.RecordedAt,
            RecordedTime = entry.RecordedAt,
            Sequence = entry.Position.SequenceText,
            Data = new GapData { Reason = "event-quarantined", From = entry.RecordedAt, To = entry.RecordedAt },
        };
        return entry with
        {
            Topic = Topics.DeviceEvents(site, device),
            Payload = JsonSerializer.SerializeToUtf8Bytes(notice, ContractsJson.Wire.CloudEventGapData),
        };
    }
}
