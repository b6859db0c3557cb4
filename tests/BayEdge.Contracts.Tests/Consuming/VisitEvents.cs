using System.Text.Json;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;

namespace BayEdge.Contracts.Tests.Consuming;

/// <summary>Makes events of one visit as they come from the wire.</summary>
internal static class VisitEvents
{
    public static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly Vehicle Known = new() { Plate = "沪AD12345", Ref = "WO-1001" };

    public static ReceivedEvent Event(
        long sequence, string type, DateTimeOffset at, Func<VisitData, VisitData>? change = null, int epoch = 1)
    {
        var position = new EventPosition(epoch, sequence);
        var data = new VisitData
        {
            VisitId = "visit-1",
            Bay = "bay-01",
            Vehicle = Known,
            Earliest = at,
            Latest = at,
            Clock = new ClockInfo(ClockState.Synced, null, "boot-1"),
            Evidence = [],
        };
        var cloudEvent = new CloudEvent<VisitData>
        {
            Id = position.EventId,
            Source = EventPosition.SourceOf("sh-01", "pi-01", epoch),
            Type = type,
            Subject = data.Bay,
            Time = at,
            RecordedTime = at,
            Sequence = position.SequenceText,
            Data = change?.Invoke(data) ?? data,
        };
        var payload = JsonSerializer.SerializeToUtf8Bytes(cloudEvent, ContractsJson.Wire.CloudEventVisitData);
        var topic = Topics.BayEvents("sh-01", "pi-01", data.Bay);
        Assert.True(ReceivedEvent.TryRead(topic, payload, out var received, out var problem), problem);
        return received;
    }

    public static ReceivedEvent Entered(long sequence, DateTimeOffset at) => Event(sequence, EventTypes.VehicleEntered, at);

    public static ReceivedEvent Left(long sequence, DateTimeOffset enteredAt, DateTimeOffset at, double? seconds) =>
        Event(sequence, EventTypes.VehicleLeft, at, data => data with { EnteredAt = enteredAt, OccupiedSeconds = seconds });
}
