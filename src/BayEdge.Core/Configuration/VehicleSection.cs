using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Configuration;

/// <summary>Reads the expected vehicles; a reference, a plate or a tag names one of them.</summary>
internal sealed class VehicleSection
{
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);
    private readonly HashSet<string> _plates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pathsOfTags = new(StringComparer.Ordinal);

    private VehicleSection()
    {
    }

    public static ImmutableArray<ExpectedVehicle> Read(ConfigurationNode root)
    {
        var section = new VehicleSection();
        return [.. root.Objects("vehicles").Select(section.ReadVehicle).OfType<ExpectedVehicle>()];
    }

    private ExpectedVehicle? ReadVehicle(ConfigurationNode node)
    {
        var reference = node.Text("ref");
        if (reference is not null && !_references.Add(reference))
            node.Report("ref", $"the vehicle '{reference}' stands twice; put its plate and tags into one entry");

        var plate = node.TextOrNull("plate") is { } written ? PlateText.Normalize(written) : null;
        if (plate is not null && !_plates.Add(plate))
            node.Report("plate", $"the plate '{plate}' stands twice; a plate names one vehicle");

        var tags = node.Items("tags", "tags").Select(item => ReadTag(node, item.Value, item.Path)).OfType<string>().ToList();
        node.ReportUnknownKeys();
        return reference is null ? null : new ExpectedVehicle { Ref = reference, Plate = plate, Tags = tags };
    }

    private string? ReadTag(ConfigurationNode node, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
        {
            node.ReportAt(path, $"expected a tag as an even number of hex digits, but found {ConfigurationNode.Show(value)}");
            return null;
        }

        var tag = text.ToUpperInvariant();
        if (!_pathsOfTags.TryAdd(tag, path))
            node.ReportAt(path, $"the tag '{tag}' stands also at {_pathsOfTags[tag]}; a tag names one vehicle");
        return tag;
    }
}
