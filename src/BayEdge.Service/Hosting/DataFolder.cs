using System.CommandLine;

namespace BayEdge.Service.Hosting;

/// <summary>Where the device keeps its journal, its recording and its logs.</summary>
internal sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>The <c>--data</c> option of every command that has one.</summary>
    public static Option<DirectoryInfo?> Option() => new("--data")
    {
        Description = "Where the journal, the recording and the logs are kept. The default is $STATE_DIRECTORY, else bayedge-data beside the configuration.",
        HelpName = "FOLDER",
    };

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
