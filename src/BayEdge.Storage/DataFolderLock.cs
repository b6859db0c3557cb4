using System.Globalization;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;

namespace BayEdge.Storage;

/// <summary>Keeps a second service off a data folder for as long as this one lives.</summary>
/// <remarks>The operating system drops the lock with the process, so nothing is left behind after a crash or a power cut.</remarks>
public sealed class DataFolderLock : IDisposable
{
    // EWOULDBLOCK on Linux, ERROR_SHARING_VIOLATION on Windows.
    private const int WouldBlock = 11;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, which is made where it is missing.</summary>
    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    /// <exception cref="StorageFaultException">It cannot be made or written to.</exception>
    public static DataFolderLock Take(string folder)
    {
        // .NET lets nobody read a locked file, so the holder's id stands in another one.
        var holder = Path.Combine(folder, "bayedge.pid");
        FileStream file;
        try
        {
            Create(folder);
            // FileShare.None is flock(LOCK_EX) on Unix.
            file = new FileStream(Path.Combine(folder, "bayedge.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or SharingViolation)
        {
            throw new DataFolderInUseException(folder, ReadHolder(holder), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFaultException(
                $"Expected a data folder at '{folder}' that this user can write to, but: {DiskWords.Of(exception)} Choose another folder, or give it to this user.", exception);
        }

        SignAsHolder(holder);
        return new DataFolderLock(file);
    }

    public void Dispose() => _file.Dispose();

    // Who was where is nobody else's business.
    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void SignAsHolder(string path)
    {
        try
        {
            File.WriteAllText(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The holder's id is a courtesy; a full card must not keep the service from its work.
        }
    }

    private static int? ReadHolder(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            // Without the id the sentence still names the folder.
            return null;
        }
    }
}

/// <summary>Another process works in the data folder.</summary>
public sealed class DataFolderInUseException(string folder, int? processId, Exception cause) : Exception(Describe(folder, processId), cause)
{
    /// <summary>The holder; null when it could not be read.</summary>
    public int? ProcessId { get; } = processId;

    private static string Describe(string folder, int? processId) =>
        $"The data folder '{folder}' is already used by {(processId is null ? "another process" : $"process {processId}")}; "
        + "stop that service first, or give this one a data folder of its own.";
}
