using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;

namespace BayEdge.Storage.Configuration;

/// <summary>A configuration as it once held.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="Who">Whoever made it so.</param>
/// <param name="Why">A few words of theirs; where the device itself wrote it, the key of a text of the page.</param>
/// <param name="Configuration">The text of the configuration file.</param>
/// <param name="Secrets">The text of the secrets file; null when there was none. Never leaves the device.</param>
public sealed record ArchivedConfiguration(int Id, DateTimeOffset At, string Who, string Why, string Configuration, string? Secrets);

/// <summary>A change that is not over yet: a power cut must not leave half of it, or all of it without its confirmation.</summary>
/// <param name="Id">What is to hold.</param>
/// <param name="Previous">What holds when the change is not confirmed; null when it needs no confirmation.</param>
public sealed record UnfinishedChange(int Id, int? Previous);

/// <summary>The configurations that held before, the newest of them at least, each in a file that only the service may read.</summary>
public sealed class ConfigurationArchive(string dataFolder)
{
    private const int MostKept = 50;

    private readonly string _folder = Path.Combine(dataFolder, "configurations");

    private string UnfinishedFile => Path.Combine(_folder, "unfinished.json");

    /// <summary>The newest first. What cannot be read is left out.</summary>
    public IReadOnlyList<ArchivedConfiguration> List() => [.. Ids().OrderDescending().Select(Read).OfType<ArchivedConfiguration>()];

    /// <summary>Null when it is not, or no longer, kept or cannot be read.</summary>
    public ArchivedConfiguration? Read(int id)
    {
        try
        {
            return PrivateFile.Read(FileOf(id)) is { } content ? JsonSerializer.Deserialize(content, ArchiveJson.Default.ArchivedConfiguration) : null;
        }
        catch (Exception exception) when (exception is JsonException or StorageFaultException)
        {
            // A damaged disk; the others are of use all the same.
            return null;
        }
    }

    public ArchivedConfiguration? Newest() => Ids().OrderDescending().Select(Read).FirstOrDefault(kept => kept is not null);

    /// <summary>Keeps one more and forgets the oldest.</summary>
    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public ArchivedConfiguration Add(DateTimeOffset at, string who, string why, string configuration, string? secrets)
    {
        var ids = Ids().Order().ToList();
        var added = new ArchivedConfiguration(ids.Count == 0 ? 1 : ids[^1] + 1, at, who, why, configuration, secrets);
        PrivateFile.Write(FileOf(added.Id), JsonSerializer.SerializeToUtf8Bytes(added, ArchiveJson.Default.ArchivedConfiguration));
        foreach (var old in ids.SkipLast(MostKept - 1))
            File.Delete(FileOf(old));
        return added;
    }

    /// <summary>The change that was under way when the service last ended; null when none was.</summary>
    public UnfinishedChange? Unfinished()
    {
        try
        {
            return PrivateFile.Read(UnfinishedFile) is { } content ? JsonSerializer.Deserialize(content, ArchiveJson.Default.UnfinishedChange) : null;
        }
        catch (Exception exception) when (exception is JsonException or StorageFaultException)
        {
            // Written as a whole, so this is a damaged disk; what the configuration file says holds.
            return null;
        }
    }

    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public void Begin(UnfinishedChange change) =>
        PrivateFile.Write(UnfinishedFile, JsonSerializer.SerializeToUtf8Bytes(change, ArchiveJson.Default.UnfinishedChange));

    /// <summary>The change is over.</summary>
    public void End() => File.Delete(UnfinishedFile);

    /// <summary>The disk did not take the change: it is no version, and no start goes on with it.</summary>
    /// <param name="waiting">What had begun before it and is not over yet; null when nothing had.</param>
    public void Withdraw(int id, UnfinishedChange? waiting)
    {
        try
        {
            if (waiting is null)
                PrivateFile.DeleteIfPossible(UnfinishedFile);
            else
                Begin(waiting);
        }
        catch (StorageFaultException)
        {
            // What was begun leads back to what the waiting change would.
        }

        if (Unfinished()?.Id != id)
            PrivateFile.DeleteIfPossible(FileOf(id));
    }

    private IEnumerable<int> Ids() => !Directory.Exists(_folder) ? [] : Directory.EnumerateFiles(_folder, "*.json")
        .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private string FileOf(int id) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{id:00000000}.json"));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ArchivedConfiguration))]
[JsonSerializable(typeof(UnfinishedChange))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
