using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Configuration;

namespace BayEdge.Service.Hosting;

/// <summary><c>secrets.json</c> beside the configuration; only its owner may read it.</summary>
internal static class SecretsFile
{
    private const string Keys = "mqttUser, mqttPassword, sources";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static string PathBeside(FileInfo configuration) => Path.Combine(configuration.DirectoryName ?? ".", "secrets.json");

    /// <summary>The secrets, none when there is no such file; on failure a sentence that holds no secret.</summary>
    public static (Secrets? Secrets, string? Problem) Read(string path)
    {
        if (!File.Exists(path))
            return (Secrets.None, null);
        if ((File.GetUnixFileMode(path) & Others) != 0)
            return (null, $"{path}: expected a file that only its owner can read, but others can too; run: chmod 600 {path}");

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(path, document.RootElement);
        }
        catch (JsonException)
        {
            return (null, $"{path}: expected a JSON object with {Keys}, but the file is no valid JSON");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: expected a file that this service can read, but {exception.Message}");
        }
    }

    private static (Secrets? Secrets, string? Problem) Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return (null, $"{path}: expected a JSON object with {Keys}");
        var secrets = Secrets.None;
        foreach (var entry in root.EnumerateObject())
        {
            switch (entry.Name)
            {
                case "mqttUser" when entry.Value.ValueKind == JsonValueKind.String:
                    secrets = secrets with { MqttUser = entry.Value.GetString() };
                    break;
                case "mqttPassword" when entry.Value.ValueKind == JsonValueKind.String:
                    secrets = secrets with { MqttPassword = entry.Value.GetString() };
                    break;
                case "sources" when IsOfObjects(entry.Value):
                    secrets = secrets with { Sources = ReadSources(entry.Value) };
                    break;
                case "mqttUser" or "mqttPassword":
                    return (null, $"{path}: expected '{entry.Name}' to be a text in quotes");
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
