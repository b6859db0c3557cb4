using System.Globalization;
using System.Text.Json;
using BayEdge.Core.Configuration;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Timing;

namespace BayEdge.Drivers.Push;

/// <summary>Turns the messages of one sender into sightings (push.schema.json beside this file).</summary>
/// <param name="source">The configured device that the sender speaks for.</param>
internal sealed class PushMapper(SourceConfiguration source) : IPushMapper
{
    public const int MostSightings = 1000;

    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(30);

    /// <summary>Beyond it a report says nothing of the visits that are still open, and much of a clock that is wrong.</summary>
    private static readonly TimeSpan OldestReport = TimeSpan.FromHours(24);

    private readonly ReaderClock _clock = new(LongestWay);

    public void Connected(ObservedAt now) => _clock.ExpectHeldBack(now);

    /// <remarks>
    /// The sender's clock may be wrong: what counts is how long before <c>sentAt</c> something was seen, and when <c>sentAt</c> was
    /// here. So a report that was held back keeps its own time.
    /// </remarks>
    public IReadOnlyList<Sighting> Map(ReadOnlyMemory<byte> body, ObservedAt arrival)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("sightings", out var items) || items.ValueKind != JsonValueKind.Array)
            {
                throw new PushFormatException("expected a JSON object such as {\"sightings\":[…]}, but found no list 'sightings' in it");
            }

            if (items.GetArrayLength() > MostSightings)
                throw new PushFormatException($"expected at most {MostSightings} sightings in a message, but found {items.GetArrayLength()}; send them in several");

            var fields = new LogFields(document.RootElement);
            DateTimeOffset? sentAt = fields.Has("sentAt") ? fields.Time("sentAt") : null;
            List<Sighting> sightings = [.. items.EnumerateArray().Select((item, index) => MapOne(item, index, sentAt, arrival))];
            var sent = sentAt is { } sender ? _clock.ToDevice(sender, arrival) : arrival;
            return [.. sightings.Select(sighting => sighting with { At = sighting.At - (arrival - sent) }).OrderBy(sighting => sighting.At.Monotonic)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is how the parser says that a text in it is no text: broken UTF-8, half a character.
            throw new PushFormatException("expected valid JSON in UTF-8, but found something else", exception);
        }
        catch (FormatException exception)
        {
            throw new PushFormatException(exception.Message, exception);
        }
    }

    /// <summary>One sighting, as if the message had been sent when it came.</summary>
    private Sighting MapOne(JsonElement item, int index, DateTimeOffset? sentAt, ObservedAt arrival)
    {
        try
        {
            if (item.ValueKind != JsonValueKind.Object)
                throw new FormatException($"expected an object such as {{\"kind\":\"{Kinds[0]}\",…}}, but found {item.ValueKind}");
            var fields = new LogFields(item);
            return MapOne(fields, arrival - AgeOf(fields, sentAt));
        }
        catch (FormatException exception)
        {
            throw new PushFormatException(string.Create(CultureInfo.InvariantCulture, $"sightings[{index}]: {exception.Message}"), exception);
        }
    }

    private static TimeSpan AgeOf(LogFields fields, DateTimeOffset? sentAt)
    {
        if (!fields.Has("at"))
            return TimeSpan.Zero;

        var at = fields.Time("at");
        if (sentAt is not { } sent)
            throw new FormatException("'at' counts only beside 'sentAt' of the message, since the sender's clock may be wrong; add 'sentAt' or leave 'at' out");
        if (at > sent)
            throw new FormatException("expected 'at' not to lie after 'sentAt'");
        return sent - at <= OldestReport
            ? sent - at
            : throw new FormatException($"expected 'at' to lie at most {OldestReport.TotalHours:0} hours before 'sentAt'");
    }

    private string[] Kinds => source switch
    {
        ReaderConfiguration => ["tag"],
        CameraConfiguration => ["plate", "occupancy"],
        _ => ["presence"],
    };

    private Sighting MapOne(LogFields fields, ObservedAt at) => (source, fields.Text("kind")) switch
    {
        (ReaderConfiguration reader, "tag") => new TagSighting(
            at, source.Id, AntennaOf(fields, reader), fields.Hex("tag"), fields.NumberOrNull("rssi", -200, 50), fields.IntegerOr("count", 1, 1, int.MaxValue)),
        (CameraConfiguration camera, "plate") => new PlateSighting(
            at, source.Id, ZoneOf(fields, camera), PlateOf(fields), fields.Has("confidence") ? fields.Number("confidence", 0, 1) : 1),
        (CameraConfiguration camera, "occupancy") => new OccupancySighting(at, source.Id, ZoneOf(fields, camera), fields.Number("occupied", 0, 1)),
        (PresenceConfiguration, "presence") => new PresenceSighting(at, source.Id, fields.Flag("present")),
        var (_, kind) => throw new FormatException($"expected 'kind' to be {string.Join(" or ", Kinds)}, which is what {source.Id} sees, but found '{kind}'"),
    };

    private static int AntennaOf(LogFields fields, ReaderConfiguration reader)
    {
        if (!fields.Has("antenna") && reader.Antennas is [var only])
            return only.Port;

        var port = fields.Integer("antenna", 1, 65535);
        return reader.Antennas.Any(antenna => antenna.Port == port) ? port : throw new FormatException(
            $"expected 'antenna' to be a configured one ({string.Join(", ", reader.Antennas.Select(antenna => antenna.Port))}), but found {port}");
    }

    private static string ZoneOf(LogFields fields, CameraConfiguration camera)
    {
        if (!fields.Has("zone") && camera.Zones is [var only])
            return only.Bay;

        var zone = fields.Text("zone");
        return camera.Zones.Any(known => known.Bay == zone) ? zone : throw new FormatException(
            $"expected 'zone' to be a bay of the camera ({string.Join(", ", camera.Zones.Select(known => known.Bay))}), but found '{zone}'");
    }

    private static string PlateOf(LogFields fields) =>
        PlateText.Normalize(fields.Text("text")) is { Length: > 0 } plate ? plate : throw new FormatException("expected 'text' to be a plate, but found no letter or digit in it");
}
