using System.Text;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Files;

namespace BayEdge.Service.Configuring;

/// <summary>The configuration file and the secrets beside it, as they lie on the disk.</summary>
internal sealed class ConfigurationFiles(FileInfo file)
{
    // What the file had, for whoever may read it besides the service; a new one is the service's own.
    private const UnixFileMode NewFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    public string Path { get; } = file.FullName;

    public string SecretsPath { get; } = SecretsFile.PathBeside(file);

    /// <summary>Changes when either file does.</summary>
    public (DateTime, long, DateTime, long) Stamp() => (Written(Path), Length(Path), Written(SecretsPath), Length(SecretsPath));

    /// <summary>The configuration file's text; null when there is none.</summary>
    /// <exception cref="StorageFaultException">It cannot be read.</exception>
    public string? ReadText() => PrivateFile.Read(Path) is { } content ? Encoding.UTF8.GetString(content) : null;

    /// <summary>The secrets' text; null when there are none.</summary>
    /// <exception cref="StorageFaultException">It cannot be read.</exception>
    public string? ReadSecretsText() => PrivateFile.Read(SecretsPath) is { } content ? Encoding.UTF8.GetString(content) : null;

    /// <exception cref="StorageFaultException">The disk does not take them; both files are as they were then.</exception>
    public void Write(string configuration, string? secrets)
    {
        // A rename brings them back, for which even a full disk has room.
        var before = $"{SecretsPath}.before";
        if (PrivateFile.Read(SecretsPath) is { } present)
            PrivateFile.Write(before, present);
        else
            PrivateFile.DeleteIfPossible(before);
        try
        {
            if (secrets is not null)
                PrivateFile.Write(SecretsPath, Encoding.UTF8.GetBytes(secrets));
            PrivateFile.Write(Path, Encoding.UTF8.GetBytes(configuration), File.Exists(Path) ? File.GetUnixFileMode(Path) : NewFile);
        }
        catch (StorageFaultException)
        {
            PutBack(before);
            throw;
        }

        if (secrets is null)
            File.Delete(SecretsPath);
        PrivateFile.DeleteIfPossible(before);
    }

    private void PutBack(string before)
    {
        try
        {
            if (File.Exists(before))
                File.Move(before, SecretsPath, overwrite: true);
            else
                File.Delete(SecretsPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever saved hears of the disk already.
        }
    }

    private static DateTime Written(string path) => File.GetLastWriteTimeUtc(path);

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : -1;
}
