using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;

namespace BayEdge.Central.Conformance;

/// <summary>One device in one epoch: its events in order, as they go over the wire.</summary>
internal sealed class ScriptedDevice(EventSource source, DateTimeOffset opening)
{
    private readonly List<(string Topic, byte[] Payload)> _events = [];

    public EventSource Source => source;

    public long Count => _events.Count;

    public (string Topic, byte[] Payload) this[long sequence] => _events[(int)sequence - 1];

    /// <summary>The visits that a consumer that keeps all rules makes of the events up to now.</summary>
    public IEnumerable<ReceivedEvent> Received => _events.Select(sent =>
        ReceivedEvent.TryRead(sent.Topic, sent.Payload, out var received, out var problem)
            ? received
            : throw new InvalidOperationException($"The script is at fault: {problem}"));

    /// <summary>An id that no other run gives.</summary>
    public string VisitId(string name) => $"conformance-{source.Epoch}-{name}";

    public DateTimeOffset At(double minute) => opening.AddMinutes(minute);

    public void Enter(string visit, string bay, double minute, Vehicle? vehicle = null) =>
        Add(EventTypes.VehicleEntered, minute, Data(visit, bay, minute, vehicle ?? new Vehicle()));

    public void Identify(string visit, string bay, double minute, Vehicle vehicle) =>
        Add(EventTypes.VehicleIdentified, minute, Data(visit, bay, minute, vehicle));

    public void Leave(string visit, string bay, double enteredMinute, double minute, Vehicle? vehicle = null) =>
        Add(EventTypes.VehicleLeft, minute, Left(visit, bay, enteredMinute, minute, vehicle));

    /// <param name="enteredMinute">When the correction restates the leaving.</param>
    public void Correct(string visit, string bay, double minute, string reason, Vehicle vehicle, double? enteredMinute = null) => Add(
        EventTypes.VisitCorrected,
        minute,
        (enteredMinute is { } entered ? Left(visit, bay, entered, minute, vehicle) : Data(visit, bay, minute, vehicle)) with { Reason = reason });

    public void Retract(string visit, string bay, double minute, string reason) =>
        Add(EventTypes.VisitRetracted, minute, Data(visit, bay, minute, new Vehicle()) with { Reason = reason });

    public void Gap(GapData gap) =>
        Add(Topics.DeviceEvents(source.Site, source.Device), EventTypes.DeviceGap, null, gap.To, gap, ContractsJson.Wire.CloudEventGapData);

    /// <summary>An event of a type that is yet to be invented.</summary>
    public void FromTheFuture(double minute) => Add(
        Topics.DeviceEvents(source.Site, source.Device), "io.bayedge.device.dreamt.v7", null, At(minute),
        JsonElement.Parse("""{"ofSheep":true}"""), ContractsJson.Wire.CloudEventJsonElement);

    /// <summary>Adds members of a later version to the last event.</summary>
    public void ExtendLast()
    {
        var (topic, payload) = _events[^1];
        var root = JsonNode.Parse(payload)!.AsObject();
        root["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        root["data"]!["mood"] = new JsonObject { ["of"] = "the technician", ["deep"] = new JsonArray(1, 2.5, null) };
        _events[^1] = (topic, Encoding.UTF8.GetBytes(root.ToJsonString()));
    }

    private VisitData Left(string visit, string bay, double enteredMinute, double minute, Vehicle? vehicle) =>
        Data(visit, bay, minute, vehicle ?? new Vehicle()) with
        {
            EnteredAt = At(enteredMinute),
            OccupiedSeconds = (At(minute) - At(enteredMinute)).TotalSeconds,
        };

    private VisitData Data(string visit, string bay, double minute, Vehicle vehicle) => new()
    {
        VisitId = VisitId(visit),
        Bay = bay,
        Vehicle = vehicle,
        Earliest = At(minute).AddSeconds(-1),
        Latest = At(minute).AddSeconds(1),
        Clock = new ClockInfo(ClockState.Synced, 20, "conformance"),
        Evidence = [new Evidence("reader-1", "tag", "played by the conformance test", 5)],
    };

    private void Add(string type, double minute, VisitData data) =>
        Add(Topics.BayEvents(source.Site, source.Device, data.Bay), type, data.Bay, At(minute), data, ContractsJson.Wire.CloudEventVisitData);

    private void Add<TData>(string topic, string type, string? subject, DateTimeOffset time, TData data, JsonTypeInfo<CloudEvent<TData>> json)
    {
        var position = new EventPosition(source.Epoch, Count + 1);
        var envelope = new CloudEvent<TData>
        {
            Id = position.EventId,
            Source = source.ToString(),
            Type = type,
            Subject = subject,
            Time = time,
            RecordedTime = time.AddSeconds(3),
            Sequence = position.SequenceText,
            Data = data,
        };
        _events.Add((topic, JsonSerializer.SerializeToUtf8Bytes(envelope, json)));
    }
}
