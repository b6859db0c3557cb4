using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Service.Configuring;

namespace BayEdge.Service.Commissioning;

/// <summary>Edits a configuration as the steps ask for it; what else stands in it stays. The result is validated elsewhere.</summary>
internal sealed class SetupDocument
{
    private static readonly (double X, double Y)[] MostOfThePicture = [(0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)];

    private readonly JsonObject _root;

    private SetupDocument(JsonObject root) => _root = root;

    /// <param name="text">The present configuration; anything else begins a new one, and stays in the history when that is saved.</param>
    public static SetupDocument Of(string text) => new(ConfigurationText.Parse(text) ?? []);

    public string Text => ConfigurationText.Of(_root);

    public void Name(string site, string device, string language)
    {
        (_root["site"], _root["device"], _root["language"]) = (site, device, language);
        _root["plateRegion"] ??= "cn";
        if (_root["bays"] is not JsonArray { Count: > 0 })
            _root["bays"] = new JsonArray(new JsonObject { ["id"] = "bay-01", ["name"] = language == "en" ? "Bay 1" : "1号工位" });
    }

    /// <param name="password">Null leaves the present one.</param>
    public void Broker(string url, string? user, string? password, string? caFile)
    {
        var mqtt = Object("mqtt");
        mqtt["url"] = url;
        if (user is not null)
            mqtt["user"] = user;
        if (password is not null)
            mqtt["password"] = password;
        if (string.IsNullOrEmpty(caFile))
            mqtt.Remove("caFile");
        else
            mqtt["caFile"] = caFile;
    }

    /// <summary>What an installer enters of the way to the central system.</summary>
    public CentralEntry Central() => new(TextOf(_root["site"]), TextOf(_root["device"]), TextOf(_root["mqtt"]?["url"]), TextOf(_root["mqtt"]?["user"]), TextOf(_root["mqtt"]?["caFile"]));

    public void NoBroker() => _root.Remove("mqtt");

    /// <summary>Names the bays; antennas and zones of bays that are gone go as well.</summary>
    public void Bays(IReadOnlyList<(string Id, string Name)> bays)
    {
        _root["bays"] = new JsonArray([.. bays.Select(bay => new JsonObject { ["id"] = bay.Id, ["name"] = bay.Name })]);
        var ids = bays.Select(bay => bay.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (section, list) in ((string, string)[])[("readers", "antennas"), ("cameras", "zones")])
        {
            foreach (var source in Items(section))
            {
                if (source[list] is JsonArray looks)
                    looks.RemoveAll(look => look?["bay"]?.ToString() is not { } bay || !ids.Contains(bay));
            }
        }
    }

    /// <summary>Adds a source, or replaces the one of the same id.</summary>
    /// <param name="section"><c>readers</c> or <c>cameras</c>.</param>
    public void Source(string section, JsonObject source)
    {
        var sources = Array(section);
        sources.RemoveAll(other => other?["id"]?.ToString() == source["id"]?.ToString());
        sources.Add(source.DeepClone());
    }

    /// <summary>A source of the configuration as it stands; null where there is none.</summary>
    public JsonObject? SourceOf(string section, string id) => Items(section).FirstOrDefault(source => source["id"]?.ToString() == id);

    public bool RemoveSource(string section, string id) => Array(section).RemoveAll(source => source?["id"]?.ToString() == id) > 0;

    /// <summary>An antenna looks at a bay from now on.</summary>
    public bool Antenna(string reader, int port, string bay)
    {
        if (Items("readers").FirstOrDefault(source => source["id"]?.ToString() == reader) is not { } found)
            return false;
        if (found["antennas"] is not JsonArray antennas)
            found["antennas"] = antennas = [];
        antennas.RemoveAll(antenna => antenna?["port"] is JsonValue known && known.TryGetValue(out int number) && number == port);
        antennas.Add(new JsonObject { ["port"] = port, ["bay"] = bay });
        return true;
    }

    /// <param name="corners">Each 0 to 1 of the picture's width and height; null for most of the picture.</param>
    public bool Zone(string camera, string bay, IReadOnlyList<(double X, double Y)>? corners)
    {
        if (Items("cameras").FirstOrDefault(source => source["id"]?.ToString() == camera) is not { } found)
            return false;
        if (found["zones"] is not JsonArray zones)
            found["zones"] = zones = [];
        zones.RemoveAll(zone => zone?["bay"]?.ToString() == bay);
        zones.Add(new JsonObject
        {
            ["bay"] = bay,
            ["polygon"] = new JsonArray([.. (corners ?? MostOfThePicture).Select(corner => new JsonArray(corner.X, corner.Y))]),
        });
        return true;
    }

    /// <summary>The corners of a bay at a camera; empty where it sees none of it.</summary>
    public IReadOnlyList<IReadOnlyList<double>> ZoneOf(string camera, string bay)
    {
        var zones = SourceOf("cameras", camera)?["zones"] as JsonArray ?? [];
        var polygon = zones.FirstOrDefault(zone => zone?["bay"]?.ToString() == bay)?["polygon"] as JsonArray ?? [];
        return [.. polygon.Select(IReadOnlyList<double> (corner) => [.. (corner as JsonArray ?? []).Select(number => number is JsonValue value && value.TryGetValue(out double known) ? known : double.NaN)])];
    }

    public void Rules(JsonElement rules) => _root["rules"] = JsonObject.Create(rules);

    /// <summary>Sets a driver's field of a source.</summary>
    public bool Setting(string section, string id, string key, JsonNode value)
    {
        if (Items(section).FirstOrDefault(source => source["id"]?.ToString() == id) is not { } found)
            return false;
        found[key] = value;
        return true;
    }

    private static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private IEnumerable<JsonObject> Items(string section) => (_root[section] as JsonArray ?? []).OfType<JsonObject>();

    private JsonArray Array(string section)
    {
        if (_root[section] is JsonArray array)
            return array;
        _root[section] = array = [];
        return array;
    }

    private JsonObject Object(string section)
    {
        if (_root[section] is JsonObject node)
            return node;
        _root[section] = node = [];
        return node;
    }
}
