namespace BayEdge.Service.Hosting;

/// <summary>Where the device keeps its journal and its logs.</summary>
internal sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary><c>--data</c>, else the folder that systemd gives the service, else one beside the configuration.</summary>
    public static DataFolder For(DirectoryInfo? option, FileInfo configuration) => new(
        option?.FullName
        ?? Environment.GetEnvironmentVariable("STATE_DIRECTORY")
        ?? System.IO.Path.Combine(configuration.DirectoryName ?? ".", "bayedge-data"));

    /// <summary>Free bytes for this user on the folder's file system; null when it cannot be asked.</summary>
    public long? FreeBytes()
    {
        try
        {
            return new DriveInfo(Path).AvailableFreeSpace;
        }
        catch (IOException)
        {
            // The health report says what it knows; a disk that fails shows itself in the journal.
            return null;
        }
    }
}
