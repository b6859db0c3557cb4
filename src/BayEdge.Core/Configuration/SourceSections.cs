using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Tags;

namespace BayEdge.Core.Configuration;

/// <summary>Reads the readers, cameras and contacts: whose ids are their own, and which look at bays that exist.</summary>
internal sealed class SourceSections(DriverCatalogue drivers, Secrets secrets, IEnumerable<string> bays)
{
    private static readonly Wording UnknownSecret = "this device has no such secret; correct its name";
    private static readonly Wording UnknownOwner = "no reader, camera or contact has this id; correct the id";

    private readonly ImmutableSortedSet<string> _bays = bays.ToImmutableSortedSet(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly GateSection _gates = new();
    private readonly HashSet<(string Source, string Key)> _secretFields = [];

    public ImmutableArray<ReaderConfiguration> ReadReaders(ConfigurationNode root) =>
        [.. root.Objects("readers").Select(ReadReader).OfType<ReaderConfiguration>()];

    /// <param name="region">The plates that every camera sees.</param>
    public ImmutableArray<CameraConfiguration> ReadCameras(ConfigurationNode root, PlateRegion region) =>
        [.. root.Objects("cameras").Select(node => ReadCamera(node, region)).OfType<CameraConfiguration>()];

    public ImmutableArray<PresenceConfiguration> ReadPresence(ConfigurationNode root)
    {
        var contacts = root.Objects("presence").Select(ReadPresenceContact).OfType<PresenceConfiguration>().ToImmutableArray();
        _gates.Check(contacts);
        return contacts;
    }

    /// <summary>Secrets that nothing asks for: a misspelt one must not be silently without effect.</summary>
    public IEnumerable<Problem> UnknownSecrets() =>
        from source in secrets.Sources.OrderBy(source => source.Key, StringComparer.Ordinal)
        from key in source.Value.Keys.Order(StringComparer.Ordinal)
        where !_secretFields.Contains((source.Key, key))
        select new Problem(
            $"secrets.json sources.{source.Key}.{key}",
            _ids.Contains(source.Key) ? UnknownSecret : UnknownOwner);

    private ReaderConfiguration? ReadReader(ConfigurationNode node)
    {
        var antennas = node.Objects("antennas").Select(ReadAntenna).OfType<AntennaConfiguration>().ToImmutableArray();
        if (node.IsAbsentOrEmpty("antennas"))
            node.ReportMissing("antennas", "expected at least one antenna such as {\"port\":1,\"bay\":\"bay-01\"}, but there is none; say which bay each antenna looks at");
        foreach (var twice in antennas.GroupBy(antenna => antenna.Port).Where(group => group.Count() > 1))
            node.Report("antennas", $"antenna port {twice.Key} stands twice; an antenna looks at one bay");
        var tags = node.Object("tags") is { } filter ? ReadTagFilter(filter) : TagFilter.None;
        var gate = _gates.Read(node, node.TextIfAny("driver") is { } name ? drivers.Find(SourceKind.Reader, name)?.Descriptor : null, antennas);
        return ReadSource(node, SourceKind.Reader) is var (id, driver, settings)
            ? new ReaderConfiguration(id, driver, settings, antennas) { Tags = tags, Gate = gate }
            : null;
    }

    private static TagFilter ReadTagFilter(ConfigurationNode node)
    {
        var filter = new TagFilter(ReadPrefixes(node, "only"), ReadPrefixes(node, "ignore"));
        node.ReportUnknownKeys();
        return filter;
    }

    private static ImmutableArray<string> ReadPrefixes(ConfigurationNode node, string key) =>
        [.. node.Items(key, "beginnings of tags").Select(item => ReadPrefix(node, item.Value, item.Path)).OfType<string>()];

    private static string? ReadPrefix(ConfigurationNode node, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.All(char.IsAsciiHexDigit))
            return text.ToUpperInvariant();
        node.ReportAt(path, $"expected the first hex digits of tags such as \"E280\", but found {ConfigurationNode.Show(value)}");
        return null;
    }

    private AntennaConfiguration? ReadAntenna(ConfigurationNode node)
    {
        var port = node.Integer("port", 1, 64);
        var bay = ReadBayReference(node);
        node.ReportUnknownKeys();
        return port is null || bay is null ? null : new AntennaConfiguration(port.Value, bay);
    }

    private CameraConfiguration? ReadCamera(ConfigurationNode node, PlateRegion region)
    {
        var zones = node.Objects("zones").Select(ReadZone).ToList();
        foreach (var (index, zone) in zones.Index())
        {
            if (zone is not null && zones.Take(index).Any(earlier => earlier?.Bay == zone.Bay))
                node.ReportAt($"{node.Path("zones")}[{index}].bay", $"expected one zone for each bay, but '{zone.Bay}' has one already; make one zone of both, or correct the bay");
        }

        if (node.IsAbsentOrEmpty("zones"))
            node.ReportMissing("zones", "expected at least one zone with its bay and polygon, but there is none; say which part of the picture is which bay");
        var straighten = ReadStraighten(node);
        return ReadSource(node, SourceKind.Camera) is var (id, driver, settings)
            ? new CameraConfiguration(id, driver, settings, [.. zones.OfType<ZoneConfiguration>()]) { PlateRegion = region, Straighten = straighten }
            : null;
    }

    private static ImmutableArray<PicturePoint> ReadStraighten(ConfigurationNode node)
    {
        const string key = "straighten";
        if (node.IsAbsentOrEmpty(key))
            return [];
        var corners = PolygonReader.Read(node, key);
        if (corners.Length < 3 || (corners.Length == 4 && PolygonReader.IsClockwiseAndConvex(corners)))
            return corners;
        node.Report(key, "expected the four corners of something upright and rectangular, such as a door, in the order top left, top right, bottom right, bottom left");
        return [];
    }

    private ZoneConfiguration? ReadZone(ConfigurationNode node)
    {
        var bay = ReadBayReference(node);
        var polygon = PolygonReader.Read(node, "polygon");
        node.ReportUnknownKeys();
        return bay is null ? null : new ZoneConfiguration(bay, polygon);
    }

    private PresenceConfiguration? ReadPresenceContact(ConfigurationNode node)
    {
        var bay = ReadBayReference(node);
        return ReadSource(node, SourceKind.Presence) is var (id, driver, settings) && bay is not null
            ? new PresenceConfiguration(id, driver, settings, bay)
            : null;
    }

    private string? ReadBayReference(ConfigurationNode node)
    {
        if (node.Text("bay") is not { } bay)
            return null;

        // Without any bay that can be read, the bays are the problem and not what refers to them.
        if (_bays.IsEmpty || _bays.Contains(bay))
            return bay;
        node.Report("bay", $"expected one of the bays {string.Join(", ", _bays)}, but found '{bay}'; add the bay or correct the name");
        return null;
    }

    private (string Id, string Driver, DriverSettings Settings)? ReadSource(ConfigurationNode node, SourceKind kind)
    {
        var id = node.Id("id");
        if (id is not null && !_ids.Add(id))
            node.Report("id", $"the id '{id}' stands twice; readers, cameras and contacts each need their own");

        if (!node.Has("driver"))
            node.ReportMissing("driver", $"expected the name of its driver, one of {string.Join(", ", drivers.Ids(kind))}, but the setting is missing; add it");
        if (node.TextOrNull("driver") is not { } name)
            return null;
        if (drivers.Find(kind, name) is not { } driver)
        {
            node.Report("driver", $"expected one of {string.Join(", ", drivers.Ids(kind))}, but found '{name}'");
            return null;
        }

        var settings = DriverSettingsReader.Read(node, driver.Descriptor, id, secrets);
        if (id is not null)
            _secretFields.UnionWith(driver.Descriptor.Fields.Where(field => field.Secret).Select(field => (id, field.Key)));
        node.ReportUnknownKeys();
        return id is null ? null : (id, name, settings);
    }
}
