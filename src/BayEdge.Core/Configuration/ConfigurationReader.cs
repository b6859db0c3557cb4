using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.State;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Configuration;

/// <summary>Reads a configuration and says everything that is wrong with it at once.</summary>
public sealed class ConfigurationReader
{
    private readonly DriverCatalogue _drivers;
    private readonly List<Problem> _problems = [];
    private readonly HashSet<string> _bays = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);

    private ConfigurationReader(DriverCatalogue drivers) => _drivers = drivers;

    /// <summary>Either a configuration without problems, or the problems.</summary>
    public static ConfigurationResult Read(string json, DriverCatalogue drivers)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new ConfigurationResult(null, [new Problem("", "expected one object in { }, but the file holds something else")]);
            return new ConfigurationReader(drivers).Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return new ConfigurationResult(null, [new Problem(
                $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}",
                "expected valid JSON here; look for a missing comma, quote or bracket just before")]);
        }
    }

    private ConfigurationResult Read(JsonElement element)
    {
        var root = new ConfigurationNode(element, "", _problems);
        var site = root.Id("site");
        var device = root.Id("device");
        var language = root.Choice<Language>("language", Language.Chinese, ("zh-CN", Language.Chinese), ("en", Language.English));
        var region = root.Choice<PlateRegion>("plateRegion", PlateRegion.Cn,
            ("cn", PlateRegion.Cn), ("eu", PlateRegion.Eu), ("us", PlateRegion.Us), ("br", PlateRegion.Br));
        var bays = root.Objects("bays").Select(ReadBay).OfType<BayConfiguration>().ToImmutableArray();
        var readers = root.Objects("readers").Select(ReadReader).OfType<ReaderConfiguration>().ToImmutableArray();
        var cameras = root.Objects("cameras").Select(node => ReadCamera(node, region ?? PlateRegion.Cn)).OfType<CameraConfiguration>().ToImmutableArray();
        var presence = root.Objects("presence").Select(ReadPresence).OfType<PresenceConfiguration>().ToImmutableArray();
        var mqtt = root.Object("mqtt") is { } node ? ReadMqtt(node) : null;
        var vehicles = root.Objects("vehicles").Select(ReadVehicle).OfType<ExpectedVehicle>().ToImmutableArray();
        if (bays.IsEmpty && _problems.TrueForAll(problem => !problem.Where.StartsWith("bays", StringComparison.Ordinal)))
            root.Report("bays", "expected at least one bay such as {\"id\":\"bay-01\",\"name\":\"1号工位\"}, but there is none; add it");
        root.ReportUnknownKeys();
        if (_problems.Count > 0)
            return new ConfigurationResult(null, [.. _problems]);

        return new ConfigurationResult(
            new EdgeConfiguration
            {
                Site = site!,
                Device = device!,
                Language = language == Language.English ? "en" : "zh-CN",
                PlateRegion = region!.Value,
                Bays = bays,
                Readers = readers,
                Cameras = cameras,
                Presence = presence,
                Mqtt = mqtt,
                Vehicles = vehicles,
            },
            []);
    }

    private enum Language
    {
        Chinese,
        English,
    }

    private BayConfiguration? ReadBay(ConfigurationNode node)
    {
        var id = node.Id("id");
        var name = node.TextOrNull("name");
        node.ReportUnknownKeys();
        if (id is null)
            return null;
        if (!_bays.Add(id))
            node.Report("id", $"the bay '{id}' stands twice; give each bay its own id");
        return new BayConfiguration(id, name ?? id);
    }

    private ReaderConfiguration? ReadReader(ConfigurationNode node)
    {
        var antennas = node.Objects("antennas").Select(ReadAntenna).OfType<AntennaConfiguration>().ToImmutableArray();
        if (!node.Has("antennas") || node.Raw("antennas") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            node.Report("antennas", "expected at least one antenna such as {\"port\":1,\"bay\":\"bay-01\"}, but there is none; say which bay each antenna looks at");
        foreach (var twice in antennas.GroupBy(antenna => antenna.Port).Where(group => group.Count() > 1))
            node.Report("antennas", $"antenna port {twice.Key} stands twice; an antenna looks at one bay");
        return ReadSource(node, SourceKind.Reader) is var (id, driver, settings) ? new ReaderConfiguration(id, driver, settings, antennas) : null;
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
        var zones = node.Objects("zones").Select(ReadZone).OfType<ZoneConfiguration>().ToImmutableArray();
        if (!node.Has("zones") || node.Raw("zones") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0)
            node.Report("zones", "expected at least one zone with its bay and polygon, but there is none; say which part of the picture is which bay");
        return ReadSource(node, SourceKind.Camera) is var (id, driver, settings)
            ? new CameraConfiguration(id, driver, settings, zones) { PlateRegion = region }
            : null;
    }

    private ZoneConfiguration? ReadZone(ConfigurationNode node)
    {
        var bay = ReadBayReference(node);
        var polygon = node.Items("polygon", "corners").Select(item => ReadCorner(item.Value, item.Path)).OfType<PicturePoint>().ToImmutableArray();
        if (node.Has("polygon") ? node.Raw("polygon") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() < 3 : true)
            node.Report("polygon", "expected at least three corners [x,y], each from 0 to 1 of the picture, such as [[0.1,0.2],[0.9,0.2],[0.9,0.9],[0.1,0.9]]");
        node.ReportUnknownKeys();
        return bay is null ? null : new ZoneConfiguration(bay, polygon);
    }

    private PicturePoint? ReadCorner(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
            && IsShare(value[0], out var x) && IsShare(value[1], out var y))
        {
            return new PicturePoint(x, y);
        }

        _problems.Add(new Problem(path, $"expected a corner [x,y], each from 0 to 1 of the picture, but found {value.GetRawText()}"));
        return null;

        static bool IsShare(JsonElement number, out double share)
        {
            share = 0;
            return number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out share) && share is >= 0 and <= 1;
        }
    }

    private PresenceConfiguration? ReadPresence(ConfigurationNode node)
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
        if (_bays.Contains(bay))
            return bay;
        node.Report("bay", $"expected one of the bays {string.Join(", ", _bays.Order(StringComparer.Ordinal))}, but found '{bay}'; add the bay or correct the name");
        return null;
    }

    private (string Id, string Driver, DriverSettings Settings)? ReadSource(ConfigurationNode node, SourceKind kind)
    {
        var id = node.Id("id");
        if (id is not null && !_sources.Add(id))
            node.Report("id", $"the id '{id}' stands twice; readers, cameras and contacts each need their own");

        if (node.Text("driver") is not { } name)
            return null;
        if (_drivers.Find(kind, name) is not { } driver)
        {
            node.Report("driver", $"expected one of {string.Join(", ", _drivers.Ids(kind))}, but found '{name}'");
            return null;
        }

        var settings = DriverSettingsReader.Read(node, driver.Descriptor);
        node.ReportUnknownKeys();
        return id is null ? null : (id, name, settings);
    }

    private static MqttConfiguration? ReadMqtt(ConfigurationNode node)
    {
        var url = node.Text("url");
        var confirmation = node.Choice<DeliveryConfirmation>("confirmation", DeliveryConfirmation.Central,
            ("central", DeliveryConfirmation.Central), ("broker", DeliveryConfirmation.Broker));
        if (url is not null && !BrokerAddress.TryParse(url, out _, out var problem))
            node.Report("url", problem!);
        node.ReportUnknownKeys();
        return url is null || confirmation is null ? null : new MqttConfiguration { Url = url, Confirmation = confirmation.Value };
    }

    private ExpectedVehicle? ReadVehicle(ConfigurationNode node)
    {
        var reference = node.Text("ref");
        var plate = node.TextOrNull("plate");
        var tags = node.Items("tags", "tags").Select(item => ReadTag(item.Value, item.Path)).OfType<string>().ToList();
        node.ReportUnknownKeys();
        return reference is null ? null : new ExpectedVehicle { Ref = reference, Plate = plate, Tags = tags };
    }

    private string? ReadTag(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } tag && tag.Length % 2 == 0 && tag.All(char.IsAsciiHexDigit))
            return tag.ToUpperInvariant();
        _problems.Add(new Problem(path, $"expected a tag as an even number of hex digits, but found {value.GetRawText()}"));
        return null;
    }
}

/// <param name="Configuration">Null exactly when there are problems.</param>
public sealed record ConfigurationResult(EdgeConfiguration? Configuration, ImmutableArray<Problem> Problems);
