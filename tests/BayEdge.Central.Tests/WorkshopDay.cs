using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;

namespace BayEdge.Central.Tests;

/// <summary>The truth of a day at one device: its events in order, and the visits that they tell of.</summary>
internal sealed class WorkshopDay(string site = "sh-01", string device = "pi-01", int epoch = 1)
{
    private static readonly DateTimeOffset Opening = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly List<(string Topic, byte[] Payload)> _events = [];

    public string Site => site;

    public string Device => device;

    public int Epoch => epoch;

    public long Count => _events.Count;

    /// <summary>Seconds of each finished visit by visit id.</summary>
    public Dictionary<string, double> Durations { get; } = [];

    public (string Topic, byte[] Payload) this[long sequence] => _events[(int)sequence - 1];

    /// <summary>Vehicles that come unidentified, are identified and leave, in three bays by turns.</summary>
    public static WorkshopDay Of(int visits, string device = "pi-01", int epoch = 1)
    {
        var day = new WorkshopDay(device: device, epoch: epoch);
        for (var i = 0; i < visits; i++)
        {
            var duration = TimeSpan.FromSeconds(3723.5 + i);
            day.AddVisit($"visit-{epoch}-{i}", $"bay-0{(i % 3) + 1}", $"沪AD1{i:0000}", TimeSpan.FromMinutes(i), duration);
        }

        return day;
    }

    public void AddVisit(string visitId, string bay, string plate, TimeSpan sinceOpening, TimeSpan duration)
    {
        var entered = Opening + sinceOpening;
        var left = entered + duration;
        var vehicle = new Vehicle { Plate = plate, PlateConfidence = 0.97, Ref = $"WO-{plate[^4..]}" };
        Add(EventTypes.VehicleEntered, entered, Data(visitId, bay, new Vehicle(), entered));
        Add(EventTypes.VehicleIdentified, entered, Data(visitId, bay, vehicle, entered));
        Add(EventTypes.VehicleLeft, left, Data(visitId, bay, vehicle, left) with
        {
            EnteredAt = entered,
            OccupiedSeconds = duration.TotalSeconds,
        });
        Durations[visitId] = duration.TotalSeconds;
    }

    public void Add(string type, DateTimeOffset time, VisitData data) =>
        AddEvent(Topics.BayEvents(site, device, data.Bay), type, data.Bay, time, data, ContractsJson.Wire.CloudEventVisitData);

    public void AddGap(GapData gap) =>
        AddEvent(Topics.DeviceEvents(site, device), EventTypes.DeviceGap, null, gap.To, gap, ContractsJson.Wire.CloudEventGapData);

    public static VisitData Data(string visitId, string bay, Vehicle vehicle, DateTimeOffset at) => new()
    {
        VisitId = visitId,
        Bay = bay,
        Vehicle = vehicle,
        Earliest = at - TimeSpan.FromSeconds(1),
        Latest = at + TimeSpan.FromSeconds(1),
        Clock = new ClockInfo(ClockState.Synced, 20, "boot-1"),
        Evidence = [new Evidence("reader-1", "tag", "the tag was read 12 times", 8.5)],
    };

    private void AddEvent<TData>(
        string topic,
        string type,
        string? subject,
        DateTimeOffset time,
        TData data,
        JsonTypeInfo<CloudEvent<TData>> json)
    {
        var position = new EventPosition(epoch, Count + 1);
        var cloudEvent = new CloudEvent<TData>
        {
            Id = position.EventId,
            Source = new EventSource(site, device, epoch).ToString(),
            Type = type,
            Subject = subject,
            Time = time,
            RecordedTime = time + TimeSpan.FromSeconds(2),
            Sequence = position.SequenceText,
            Data = data,
        };
        _events.Add((topic, JsonSerializer.SerializeToUtf8Bytes(cloudEvent, json)));
    }
}
