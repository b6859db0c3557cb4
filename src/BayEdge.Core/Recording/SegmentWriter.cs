using System.Buffers;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Recording;

/// <summary>Writes a segment of a recording: a sighting log that can be replayed exactly.</summary>
/// <remarks>
/// A sighting log wants times that never decrease, while the tracker hears of things late and by a wall clock that may be
/// set at any moment. So <c>at</c> runs with the monotonic clock from the wall time of the segment's beginning;
/// <c>late</c> says how long before its <c>at</c> something was seen, in milliseconds; and a line of kind <c>clock</c> says
/// how far the wall clock is ahead of these times from then on.
/// </remarks>
public sealed class SegmentWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly ObservedAt _origin;
    private DateTimeOffset _last;

    /// <summary>Begins a segment.</summary>
    /// <param name="output">Gets whole lines in UTF-8.</param>
    public SegmentWriter(IBufferWriter<byte> output, SegmentStart start)
    {
        _output = output;
        _origin = SegmentTimes.OriginOf(start);
        _last = _origin.Wall;
        Write(_last, RecordingKinds.Start, json =>
        {
            json.WritePropertyName("start");
            JsonSerializer.Serialize(json, start, RecordingJson.Lines.SegmentStart);
        });
    }

    /// <summary>How far the wall clock is ahead of the times of the lines.</summary>
    public TimeSpan Ahead { get; private set; }

    public void Write(TrackerInput input)
    {
        switch (input)
        {
            case SightingInput { Sighting: var sighting }:
                Write(sighting.At, kind: null, json => SightingLog.WriteBody(json, sighting));
                break;
            case TimePassed { Now: var now }:
                Write(now, RecordingKinds.Time, _ => { });
                break;
            case VehiclesExpected { Vehicles: var vehicles }:
                Write(_last, RecordingKinds.Vehicles, json =>
                {
                    json.WritePropertyName("expected");
                    JsonSerializer.Serialize(json, new ExpectedVehicles { Vehicles = vehicles }, ContractsJson.Wire.ExpectedVehicles);
                });
                break;
            case PlateStated stated:
                Write(_last, RecordingKinds.Stated, json =>
                {
                    json.WriteString("bay", stated.Bay);
                    json.WriteString("visit", stated.VisitId);
                    json.WriteString("plate", stated.Plate);
                });
                break;
            case NeighbourHeard heard:
                Write(heard.At, RecordingKinds.Neighbour, json => WriteBody(json, heard));
                break;
            case NeighboursReachable reachable:
                Write(reachable.At, RecordingKinds.Neighbours, json => json.WriteBoolean("reachable", reachable.Reachable));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "An input that the recording has no kind for.");
        }
    }

    /// <summary>Says that the segment is whole: nothing else happened up to an instant.</summary>
    public void End(ObservedAt at) => Write(at, RecordingKinds.End, _ => { });

    private static void WriteBody(Utf8JsonWriter json, NeighbourHeard heard)
    {
        json.WriteString("device", heard.Device);
        json.WriteString("bay", heard.Bay);
        json.WriteString("tag", heard.Tag);
        if (heard.RssiDbm is { } rssi)
            json.WriteNumber("rssi", rssi);
        json.WriteNumber("count", heard.Count);
        json.WriteBoolean("visiting", heard.IsVisiting);
    }

    private void Write(ObservedAt at, string? kind, Action<Utf8JsonWriter> body)
    {
        var seen = _origin.Wall + (at - _origin);
        if (at.Wall - seen != Ahead)
        {
            Ahead = at.Wall - seen;
            Write(_last, RecordingKinds.Clock, json => WriteMilliseconds(json, "ahead", Ahead));
        }

        var told = SegmentTimes.WholeMillisecondFrom(seen);
        _last = told > _last ? told : _last;
        Write(_last, kind, json =>
        {
            body(json);
            if (_last != seen)
                WriteMilliseconds(json, "late", _last - seen);
        });
    }

    private void Write(DateTimeOffset at, string? kind, Action<Utf8JsonWriter> body)
    {
        using (var json = new Utf8JsonWriter(_output, SightingLog.WriterOptions))
        {
            json.WriteStartObject();
            SightingLog.WriteAt(json, at);
            if (kind is not null)
                json.WriteString("kind", kind);
            body(json);
            json.WriteEndObject();
        }

        _output.Write("\n"u8);
    }

    private static void WriteMilliseconds(Utf8JsonWriter json, string key, TimeSpan span) =>
        json.WriteNumber(key, span.Ticks / (decimal)TimeSpan.TicksPerMillisecond);
}
