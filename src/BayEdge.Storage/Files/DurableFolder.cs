using System.Runtime.InteropServices;

namespace BayEdge.Storage.Files;

/// <summary>Makes a rename or a new file in a folder survive a power cut.</summary>
/// <remarks>
/// A file's own flush does not write its name: that is in the folder, which needs an fsync of its own (fsync(2), NOTES).
/// .NET opens no folder as a file, hence the three calls of the C library. Elsewhere than on Unix this does nothing.
/// </remarks>
internal static class DurableFolder
{
    // O_RDONLY | O_CLOEXEC, the same on x86 and ARM.
    private const int ReadOnly = 0x80000;

    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw new IOException($"The folder '{folder}' cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()}).");

        try
        {
            if (Synchronize(descriptor) != 0)
                throw new IOException($"The folder '{folder}' cannot be flushed to the disk (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Moves files into a folder of the same file system, made where it is missing, and flushes both.</summary>
    public static void Move(IEnumerable<string> files, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in files)
        {
            File.Move(file, Path.Combine(target, Path.GetFileName(file)));
            Flush(Path.GetDirectoryName(file)!);
        }

        Flush(target);
        Flush(Path.GetDirectoryName(target)!);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
