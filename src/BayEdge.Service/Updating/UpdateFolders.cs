using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Updating;

/// <summary>What <c>bayedge-update</c>, which alone may change the program, last told of its work.</summary>
/// <param name="Phase">waiting, installing, trial, done, reverted or refused.</param>
/// <param name="From">The version before; empty for the first one.</param>
/// <param name="To">Empty where the file did not tell.</param>
/// <param name="Reason">Why it was reverted or refused, in a word; else empty.</param>
internal sealed record ToldUpdate(string Phase, string From, string To, string Reason, DateTimeOffset At);

/// <summary>The files through which the service and <c>bayedge-update</c> speak: its own folder holds what root wrote, the inbox what the service lays down.</summary>
internal sealed class UpdateFolders(PageHostOptions options, DataFolder data)
{
    private readonly string _inbox = Path.Combine(data.Path, "update");

    public string Incoming => Path.Combine(_inbox, "incoming");

    /// <summary>Since when a file waits to be fetched; null when none does.</summary>
    public DateTimeOffset? WantedSince => new FileInfo(Wanted) is { Exists: true } file ? file.LastWriteTimeUtc : null;

    private string Wanted => Path.Combine(_inbox, "wanted.update");

    /// <summary>The key of whoever may sign updates; null where the device takes none.</summary>
    public ECDsa? OpenKey()
    {
        if (options.Program is not { } program)
            return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(Path.Combine(program.FullName, "update-key.pem")));
            return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            // Without a key that can be read nothing is trusted.
            key.Dispose();
            return null;
        }
    }

    /// <summary>Null when no update was ever tried, or none that can be read.</summary>
    public ToldUpdate? ReadTold()
    {
        try
        {
            return options.Program is { } program && PrivateFile.Read(Path.Combine(program.FullName, "update.json")) is { } content
                ? JsonSerializer.Deserialize(content, UpdateFilesJson.Default.ToldUpdate)
                : null;
        }
        catch (Exception exception) when (exception is StorageFaultException or JsonException)
        {
            return null;
        }
    }

    public void CreateInbox() => Directory.CreateDirectory(_inbox, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Hands the incoming file over.</summary>
    /// <param name="faults">What did not work already; see <see cref="UpdateTrial"/>.</param>
    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public void HandOver(IReadOnlyList<string> faults)
    {
        PrivateFile.Write(Path.Combine(_inbox, "faults.json"), JsonSerializer.SerializeToUtf8Bytes(faults, UpdateFilesJson.Default.IReadOnlyListString));
        File.Move(Incoming, Wanted, overwrite: true);
    }

    /// <summary>What did not work when the update was taken.</summary>
    public IReadOnlyList<string> ReadFaults()
    {
        try
        {
            return PrivateFile.Read(Path.Combine(_inbox, "faults.json")) is { } content ? JsonSerializer.Deserialize(content, UpdateFilesJson.Default.IReadOnlyListString) ?? [] : [];
        }
        catch (Exception exception) when (exception is StorageFaultException or JsonException)
        {
            return [];
        }
    }

    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public void WriteGood(string version) => PrivateFile.Write(Path.Combine(_inbox, "good"), Encoding.ASCII.GetBytes(version));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ToldUpdate))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class UpdateFilesJson : JsonSerializerContext;
