using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BayEdge.Storage.Files;

/// <summary>Makes content written in place survive a power cut, for less than .NET's flush costs.</summary>
/// <remarks>
/// .NET calls fsync, which also writes the file's new time stamp: on ext4 a commit of the file system's journal, 12 kB and
/// a second flush of the disk for each. fdatasync (fdatasync(2)) leaves the time stamp for later.
/// </remarks>
internal static class DurableFile
{
    /// <summary>Flushes what was written without changing the file's length.</summary>
    public static void FlushContent(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (SynchronizeData(file) != 0)
            throw new IOException($"A file cannot be flushed to the disk (errno {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static extern int SynchronizeData(SafeFileHandle file);
}
