namespace BayEdge.Storage.Files;

/// <summary>A file of zeros that is given up when others have filled the disk, so that there is still room for what must be kept.</summary>
internal sealed class DiskReserve(string path, long bytes)
{
    // Taken again only once somebody has truly made room, not to be given up at the next write.
    private const int RoomNeeded = 3;

    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>Whether the room is still set aside.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What the disk has left; nothing when it does not answer, as after its removal.</summary>
    public long FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(_folder).AvailableFreeSpace;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    /// <summary>Sets the room aside if it is not yet, and the disk has plenty.</summary>
    public void Take()
    {
        if (IsWhole)
            return;
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length == bytes)
            {
                IsWhole = true;
                return;
            }

            if (FreeBytes < RoomNeeded * bytes)
                return;
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var zeros = new byte[1 << 16];
            for (var left = bytes; left > 0; left -= zeros.Length)
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            file.Flush(flushToDisk: true);
            IsWhole = true;
        }
        catch (IOException)
        {
            // No room, or no disk: then there is no reserve, and the journal says so.
            GiveUp();
        }
    }

    /// <returns>Whether there was something to give up.</returns>
    public bool GiveUp()
    {
        IsWhole = false;
        if (!File.Exists(path))
            return false;
        try
        {
            File.Delete(path);
            DurableFolder.Flush(_folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
