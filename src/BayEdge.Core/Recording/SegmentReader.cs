using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Recording;

/// <summary>Reads one segment line by line, as <see cref="SegmentWriter"/> wrote it.</summary>
public sealed class SegmentReader
{
    // What a device's clock may show; spans of up to a hundred years are added to it.
    private const int EarliestYear = 1900;
    private const int LatestYear = 2500;

    private ObservedAt? _origin;
    private TimeSpan _ahead;

    public SegmentLine Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(new LogFields(document.RootElement))
                : new UnreadableSegmentLine("expected a JSON object, but found something else");
        }
        catch (Exception exception) when (JsonFaults.IsFault(exception))
        {
            return new UnreadableSegmentLine($"expected one JSON object as this version writes it, but {JsonFaults.Describe(exception)}");
        }
        catch (FormatException exception)
        {
            return new UnreadableSegmentLine(exception.Message);
        }
    }

    private SegmentLine Read(LogFields fields)
    {
        var (at, kind) = (fields.Time("at"), fields.Text("kind"));
        if (at.Year is < EarliestYear or > LatestYear)
            return new UnreadableSegmentLine($"expected a time of the years {EarliestYear} to {LatestYear}, but found the year {at.Year}");
        if (kind == RecordingKinds.Start)
            return Begin(fields);
        if (_origin is not { } origin)
            return new UnreadableSegmentLine($"expected a segment to begin with a line of kind {RecordingKinds.Start}, but found '{kind}'");

        var seen = at - fields.MillisecondsOrZero("late");
        var when = new ObservedAt(seen + _ahead, origin.Monotonic + (seen - origin.Wall));
        switch (kind)
        {
            case RecordingKinds.Clock:
                _ahead = fields.Milliseconds("ahead");
                return new ClockLine(_ahead);
            case RecordingKinds.End:
                return new SegmentEndLine(when);
            default:
                return InputOf(fields, kind, when) is { } input
                    ? new InputLine(input)
                    : new UnreadableSegmentLine($"expected a kind of the sighting log or of a recording, but found '{kind}'");
        }
    }

    private SegmentStartLine Begin(LogFields fields)
    {
        var start = fields.Element("start", JsonValueKind.Object).Deserialize(RecordingJson.Lines.SegmentStart)
            ?? throw new JsonException("The start of the segment is empty.");
        _origin = SegmentTimes.OriginOf(start);
        _ahead = TimeSpan.Zero;
        return new SegmentStartLine(start);
    }

    private static TrackerInput? InputOf(LogFields fields, string kind, ObservedAt at) => kind switch
    {
        RecordingKinds.Time => new TimePassed(at),
        RecordingKinds.Vehicles => new VehiclesExpected([.. ExpectedIn(fields)]),
        RecordingKinds.Stated => new PlateStated(fields.Text("bay"), fields.Text("visit"), fields.Text("plate")),
        RecordingKinds.Neighbour => new NeighbourHeard(
            at, fields.Text("device"), fields.Text("bay"), fields.Hex("tag"), fields.RssiDbmOrNull(), fields.Integer("count", 0, int.MaxValue), fields.Flag("visiting")),
        RecordingKinds.Neighbours => new NeighboursReachable(at, fields.Flag("reachable")),
        _ => SightingFields.Read(fields, kind, at) is { } sighting ? new SightingInput(sighting) : null,
    };

    private static IReadOnlyList<Contracts.State.ExpectedVehicle> ExpectedIn(LogFields fields) =>
        fields.Element("expected", JsonValueKind.Object).Deserialize(ContractsJson.Wire.ExpectedVehicles)?.Vehicles
            ?? throw new JsonException("The list of expected vehicles is empty.");
}

/// <summary>What a line of a segment holds.</summary>
public abstract record SegmentLine;

public sealed record SegmentStartLine(SegmentStart Start) : SegmentLine;

/// <summary>The tracker was told this.</summary>
public sealed record InputLine(TrackerInput Input) : SegmentLine;

/// <summary>The wall clock is so far ahead of the times of the lines that follow.</summary>
public sealed record ClockLine(TimeSpan Ahead) : SegmentLine;

/// <summary>The segment is whole; nothing else happened up to here.</summary>
public sealed record SegmentEndLine(ObservedAt At) : SegmentLine;

/// <param name="Message">What was expected and what came.</param>
public sealed record UnreadableSegmentLine(string Message) : SegmentLine;
