using System.Globalization;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Core.Recording;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Sightings;

/// <summary>Reads a sighting log line by line. The monotonic clock starts at zero with the first line.</summary>
/// <remarks>Of a recording it takes the sightings and the time, and passes over what only the exact replay needs.</remarks>
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
        var line = kind switch
        {
            "end" or RecordingKinds.Time => new EndLine(at),
            _ when RecordingKinds.PassedOver.Contains(kind) => new PassedOverLine(),
            _ when SightingFields.Read(fields, kind, at) is { } sighting => new SightingLine(sighting),
            _ => (SightingLogLine)new UnreadableLine($"expected kind {Kinds}, but found '{kind}'"),
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
