using BayEdge.Core.Timing;

namespace BayEdge.Core.Sightings;

/// <summary>Reads what one line of a log says was seen.</summary>
internal static class SightingFields
{
    /// <returns>Null when the kind is none of a sighting.</returns>
    /// <exception cref="FormatException">A field is missing or impossible.</exception>
    public static Sighting? Read(LogFields fields, string kind, ObservedAt at) => kind switch
    {
        "tag" => new TagSighting(
            at, fields.Text("source"), fields.Integer("antenna", 1, 65535), fields.Hex("tag"), fields.RssiDbmOrNull(), fields.IntegerOr("count", 1, 1, int.MaxValue)),
        "plate" => new PlateSighting(at, fields.Text("source"), fields.Text("zone"), fields.Text("text"), fields.Number("confidence", 0, 1)),
        "presence" => new PresenceSighting(at, fields.Text("source"), fields.Flag("present")),
        "occupancy" => new OccupancySighting(at, fields.Text("source"), fields.Text("zone"), fields.Number("occupied", 0, 1)),
        "source" => new SourceSighting(at, fields.Text("source"), fields.State("state")),
        _ => null,
    };
}
