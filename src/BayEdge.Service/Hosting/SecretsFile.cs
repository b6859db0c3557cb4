using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Hosting;

/// <summary><c>secrets.json</c> beside the configuration; only its owner may read it.</summary>
internal static class SecretsFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly string Keys = string.Join(", ", BrokerSecrets.All.Select(secret => secret.FileKey).Append("sources"));

    public static string PathBeside(FileInfo configuration) => Path.Combine(configuration.DirectoryName ?? ".", "secrets.json");

    /// <summary>The secrets, none when there is no such file; on failure a sentence that holds no secret.</summary>
    public static (Secrets? Secrets, Wording? Problem) Read(string path)
    {
        if (!File.Exists(path))
            return (Secrets.None, null);
        if ((File.GetUnixFileMode(path) & Others) != 0)
            return (null, $"{path}: expected a file that only its owner can read, but others can too; run: chmod 600 {path}");

        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: expected a file that this service can read, but {DiskWords.Of(exception)}");
        }
    }

    /// <param name="path">Where the content is from, for the sentence.</param>
    public static (Secrets? Secrets, Wording? Problem) Parse(string path, string content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return Read(path, document.RootElement);
        }
        catch (JsonException)
        {
            return (null, $"{path}: expected a JSON object with {Keys}, but the file is no valid JSON");
        }
    }

    /// <summary>The file's content; null where there is no secret.</summary>
    public static string? Compose(Secrets secrets)
    {
        var content = new JsonObject();
        foreach (var (key, secret) in BrokerSecrets.All.Select(known => (known.FileKey, known.Of(secrets))).Where(pair => pair.Item2 is not null))
            content[key] = secret;
        if (!secrets.Sources.IsEmpty)
        {
            content["sources"] = new JsonObject(secrets.Sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => KeyValuePair.Create<string, JsonNode?>(
                source.Key,
                new JsonObject(source.Value.OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => KeyValuePair.Create<string, JsonNode?>(secret.Key, secret.Value))))));
        }

        return content.Count == 0 ? null : content.ToJsonString();
    }

    private static (Secrets? Secrets, Wording? Problem) Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return (null, $"{path}: expected a JSON object with {Keys}");
        var secrets = Secrets.None;
        foreach (var entry in root.EnumerateObject())
        {
            switch (entry.Name)
            {
                case var key when BrokerSecrets.Find(key) is { } known:
                    if (entry.Value.ValueKind != JsonValueKind.String)
                        return (null, $"{path}: expected '{key}' to be a text in quotes");
                    secrets = known.With(secrets, entry.Value.GetString());
                    break;
                case "sources" when IsOfObjects(entry.Value):
                    secrets = secrets with { Sources = ReadSources(entry.Value) };
                    break;
                case "sources":
                    return (null, $"{path}: expected 'sources' to be such as {{\"cam-1\":{{\"password\":\"…\"}}}}");
                default:
                    return (null, $"{path}: '{entry.Name}' is not known; known are {Keys}");
            }
        }

        return (secrets, null);
    }

    private static bool IsOfObjects(JsonElement sources) =>
        sources.ValueKind == JsonValueKind.Object
        && sources.EnumerateObject().All(source => source.Value.ValueKind == JsonValueKind.Object
            && source.Value.EnumerateObject().All(secret => secret.Value.ValueKind == JsonValueKind.String));

    private static ImmutableDictionary<string, ImmutableDictionary<string, string>> ReadSources(JsonElement sources) =>
        sources.EnumerateObject().ToImmutableDictionary(
            source => source.Name,
            source => source.Value.EnumerateObject().ToImmutableDictionary(secret => secret.Name, secret => secret.Value.GetString()!, StringComparer.Ordinal),
            StringComparer.Ordinal);
}
