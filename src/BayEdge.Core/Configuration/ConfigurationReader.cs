using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace BayEdge.Core.Configuration;

/// <summary>Reads a configuration and says everything that is wrong with it at once.</summary>
public static class ConfigurationReader
{
    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Either a configuration without problems, or the problems.</summary>
    /// <param name="secrets">Where the drivers' secret fields are taken from.</param>
    public static ConfigurationResult Read(string json, DriverCatalogue drivers, Secrets secrets)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Syntax);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new ConfigurationResult(null, [new Problem("", "expected one object in { }, but the file holds something else")]);
            return Read(document.RootElement, drivers, secrets);
        }
        catch (JsonException exception)
        {
            return new ConfigurationResult(null, [new Problem(
                WhereOf(exception, json), "expected valid JSON here; look for a missing comma, quote or bracket just before")]);
        }
        catch (InvalidOperationException)
        {
            return new ConfigurationResult(null, [new Problem("", "expected whole characters, but a text in the file holds half of one; write it anew")]);
        }
    }

    private static ConfigurationResult Read(JsonElement element, DriverCatalogue drivers, Secrets secrets)
    {
        var problems = new List<Problem>();
        var root = new ConfigurationNode(element, "", problems);
        var site = root.Id("site");
        var device = root.Id("device");
        var language = root.Choice("language", "zh-CN", "zh-CN", "en");
        var region = root.Choice("plateRegion", PlateRegion.Cn);
        var bays = ReadBays(root);
        var sources = new SourceSections(drivers, secrets, bays.Select(bay => bay.Id));
        var readers = sources.ReadReaders(root);
        var cameras = sources.ReadCameras(root, region ?? PlateRegion.Cn);
        var presence = sources.ReadPresence(root);
        var mqtt = root.Object("mqtt") is { } node ? MqttSection.Read(node) : null;
        var vehicles = VehicleSection.Read(root);
        var recorder = root.Object("recorder") is { } section ? ReadRecorder(section) : new RecorderConfiguration();
        var pictures = root.Object("pictures") is { } kept ? ReadPictures(kept) : new PicturesConfiguration();
        var vision = VisionSection.Read(root);
        var rules = root.Object("rules") is { } set ? RulesSection.Read(set) : new RulesConfiguration();
        root.ReportUnknownKeys();
        problems.AddRange(sources.UnknownSecrets());
        if (problems.Count > 0)
            return new ConfigurationResult(null, [.. problems]);

        return new ConfigurationResult(
            new EdgeConfiguration
            {
                Site = site!,
                Device = device!,
                Language = language!,
                PlateRegion = region!.Value,
                Bays = bays,
                Readers = readers,
                Cameras = cameras,
                Presence = presence,
                Mqtt = mqtt,
                Vehicles = vehicles,
                Recorder = recorder,
                Pictures = pictures,
                Vision = vision,
                Rules = rules,
            },
            []);
    }

    private static ImmutableArray<BayConfiguration> ReadBays(ConfigurationNode root)
    {
        var bays = root.Objects("bays").Select(ReadBay).ToList();
        if (bays.Count == 0 && !root.HasOtherThanList("bays"))
            root.ReportMissing("bays", "expected at least one bay such as {\"id\":\"bay-01\",\"name\":\"1号工位\"}, but there is none; add it");
        foreach (var (node, bay) in bays.Where(bay => bay.Bay is not null).GroupBy(bay => bay.Bay!.Id).SelectMany(group => group.Skip(1)))
            node.Report("id", $"the bay '{bay!.Id}' stands twice; give each bay its own id");
        return [.. bays.Select(bay => bay.Bay).OfType<BayConfiguration>()];
    }

    private static (ConfigurationNode Node, BayConfiguration? Bay) ReadBay(ConfigurationNode node)
    {
        var id = node.Id("id");
        var name = node.TextOrNull("name");
        node.ReportUnknownKeys();
        return (node, id is null ? null : new BayConfiguration(id, name ?? id));
    }

    private static RecorderConfiguration ReadRecorder(ConfigurationNode node)
    {
        var enabled = node.Flag("enabled", missing: true);
        var megabytes = node.IntegerOr("maxMegabytes", RecorderConfiguration.DefaultMaximumMegabytes, 4, 10_000);
        var hours = node.IntegerOr("hours", RecorderConfiguration.DefaultHours, 1, 720);
        node.ReportUnknownKeys();
        return new RecorderConfiguration { Enabled = enabled ?? true, MaximumMegabytes = megabytes ?? 0, Hours = hours ?? 0 };
    }

    private static PicturesConfiguration ReadPictures(ConfigurationNode node)
    {
        var enabled = node.Flag("enabled", missing: true);
        var days = node.IntegerOr("days", PicturesConfiguration.DefaultDays, 1, 3650);
        var megabytes = node.IntegerOr("maxMegabytes", PicturesConfiguration.DefaultMaximumMegabytes, 1, 100_000);
        node.ReportUnknownKeys();
        return new PicturesConfiguration { Enabled = enabled ?? true, Days = days ?? 0, MaximumMegabytes = megabytes ?? 0 };
    }

    // The parser counts bytes; a person counts characters.
    private static string WhereOf(JsonException exception, string json)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var before = Encoding.UTF8.GetBytes(json.Split('\n').ElementAtOrDefault(line) ?? "").AsSpan();
        if (exception.BytePositionInLine < before.Length)
            before = before[..(int)exception.BytePositionInLine];
        return $"line {line + 1}, column {Encoding.UTF8.GetCharCount(before) + 1}";
    }
}

/// <param name="Configuration">Null exactly when there are problems.</param>
public sealed record ConfigurationResult(EdgeConfiguration? Configuration, ImmutableArray<Problem> Problems);
