using System.Globalization;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Sightings;

/// <summary>Reads a sighting log line by line. The monotonic clock starts at zero with the first line.</summary>
public sealed class SightingLogReader
{
    private const string Kinds = "tag, plate, presence, occupancy, source or end";

    private DateTimeOffset? _first;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    public SightingLogLine Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new UnreadableLine($"expected a JSON object such as {{\"at\":\"…\",\"kind\":\"tag\",…}}, but found {Quote(line)}");
            return Read(new LogFields(document.RootElement));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is how the parser says that a text in it is no text: half a character.
            return new UnreadableLine($"expected one JSON object on the line, but found {Quote(line)}");
        }
        catch (FormatException exception)
        {
            return new UnreadableLine(exception.Message);
        }
    }

    private SightingLogLine Read(LogFields fields)
    {
        var wall = fields.Time("at");
        if (wall < _latest)
            return new UnreadableLine($"expected a time not before the line above ({Show(_latest)}), but found {Show(wall)}");

        var kind = fields.Text("kind");
        var at = new ObservedAt(wall, wall - (_first ?? wall));
        SightingLogLine line = kind switch
        {
            "tag" => new SightingLine(new TagSighting(
                at, fields.Text("source"), fields.Integer("antenna", 1, 65535), fields.Hex("tag"),
                fields.NumberOrNull("rssi", -200, 50), fields.IntegerOr("count", 1, 1, int.MaxValue))),
            "plate" => new SightingLine(new PlateSighting(
                at, fields.Text("source"), fields.Text("zone"), fields.Text("text"), fields.Number("confidence", 0, 1))),
            "presence" => new SightingLine(new PresenceSighting(at, fields.Text("source"), fields.Flag("present"))),
            "occupancy" => new SightingLine(new OccupancySighting(
                at, fields.Text("source"), fields.Text("zone"), fields.Number("occupied", 0, 1))),
            "source" => new SightingLine(new SourceSighting(at, fields.Text("source"), fields.State("state"))),
            "end" => new EndLine(at),
            _ => new UnreadableLine($"expected kind {Kinds}, but found '{kind}'"),
        };
        if (line is not UnreadableLine)
        {
            _first ??= wall;
            _latest = wall;
        }

        return line;
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString(UtcMillisecondsConverter.Format, CultureInfo.InvariantCulture);

    private static string Quote(string line) => line.Length <= 80 ? $"'{line}'" : $"'{line[..80]}…'";
}
