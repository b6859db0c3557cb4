using BayEdge.Core.Delivery;

namespace BayEdge.Storage.Files;

/// <summary>Small files that only the service may read, replaced as a whole: after a power cut either the old or the new one is there.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the file, and makes its folder where that is missing.</summary>
    /// <param name="mode">The default is that only the owner may read and write it.</param>
    /// <exception cref="StorageFaultException">The disk does not take it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = OwnerOnly)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var beside = $"{path}.new";
        try
        {
            CreateFolder(folder);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = mode;
            using (var file = new FileStream(beside, options))
            {
                // What an interrupted attempt left keeps its mode.
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file.SafeFileHandle, mode);
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            DurableFolder.Flush(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteIfPossible(beside);
            throw new StorageFaultException($"Expected to write '{path}', but: {DiskWords.Of(exception)} Free space on the disk, or let this user write there.", exception);
        }
    }

    /// <summary>The content; null when there is no such file.</summary>
    /// <exception cref="StorageFaultException">It cannot be read.</exception>
    public static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFaultException($"Expected to read '{path}', but: {DiskWords.Of(exception)}", exception);
        }
    }

    /// <summary>Deletes the file; it stays where the disk refuses that too.</summary>
    public static void DeleteIfPossible(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever asks for this has a greater trouble to tell.
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }
}
