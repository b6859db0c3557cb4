using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Sightings;

/// <summary>The sighting log: JSON lines, one sighting a line, times not decreasing.</summary>
public static class SightingLog
{
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line, without the line break.</summary>
    public static string Write(Sighting sighting)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            WriteAt(json, sighting.At.Wall);
            WriteBody(json, sighting);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    internal static void WriteAt(Utf8JsonWriter json, DateTimeOffset at) =>
        json.WriteString("at", at.UtcDateTime.ToString(UtcMillisecondsConverter.Format, CultureInfo.InvariantCulture));

    /// <summary>Everything of a line but its time.</summary>
    internal static void WriteBody(Utf8JsonWriter json, Sighting sighting)
    {
        json.WriteString("kind", KindOf(sighting));
        json.WriteString("source", sighting.Source);
        switch (sighting)
        {
            case TagSighting tag:
                json.WriteNumber("antenna", tag.Antenna);
                json.WriteString("tag", tag.Tag);
                if (tag.RssiDbm is { } rssi)
                    json.WriteNumber("rssi", rssi);
                json.WriteNumber("count", tag.Count);
                break;
            case PlateSighting plate:
                json.WriteString("zone", plate.Zone);
                json.WriteString("text", plate.Text);
                json.WriteNumber("confidence", plate.Confidence);
                break;
            case PresenceSighting presence:
                json.WriteBoolean("present", presence.Present);
                break;
            case OccupancySighting occupancy:
                json.WriteString("zone", occupancy.Zone);
                json.WriteNumber("occupied", occupancy.Occupied);
                break;
            case SourceSighting source:
                json.WriteString("state", source.State == SourceState.Up ? "up" : "down");
                break;
        }
    }

    private static string KindOf(Sighting sighting) => sighting switch
    {
        TagSighting => "tag",
        PlateSighting => "plate",
        PresenceSighting => "presence",
        OccupancySighting => "occupancy",
        SourceSighting => "source",
        _ => throw new ArgumentOutOfRangeException(nameof(sighting), sighting, "A sighting that the log has no kind for."),
    };
}

/// <summary>What a line of the sighting log holds.</summary>
public abstract record SightingLogLine;

public sealed record SightingLine(Sighting Sighting) : SightingLogLine;

/// <summary>Time runs on to here.</summary>
public sealed record EndLine(ObservedAt At) : SightingLogLine;

/// <summary>Something that only the exact replay of a recording needs.</summary>
public sealed record PassedOverLine : SightingLogLine;

/// <param name="Message">What was expected and what came.</param>
public sealed record UnreadableLine(string Message) : SightingLogLine;
