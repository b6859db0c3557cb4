using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;

namespace BayEdge.Storage.Pictures;

/// <summary>Keeps pictures in files that only the service may read, within bounds of size and age.</summary>
/// <remarks>
/// What is kept stands in memory too, so that an id from outside is compared and never becomes a path. Safe for several threads.
/// </remarks>
public sealed class PictureFolder
{
    /// <summary>More than any picture has.</summary>
    public const int MostBytes = 4_000_000;

    private const string Extension = ".jpg";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Func<long> _freeBytes;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();
    private long _bytes;

    private PictureFolder(string folder, TimeProvider time, Func<long>? freeBytes) =>
        (_folder, _time, _freeBytes) = (folder, time, freeBytes ?? (() => new DriveInfo(folder).AvailableFreeSpace));

    /// <summary>Of all pictures together.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _kept.Count;
        }
    }

    /// <summary>Opens <c>pictures</c> in the data folder, which must be this process's own.</summary>
    /// <param name="time">By which pictures grow old.</param>
    /// <param name="freeBytes">Of the disk; null asks it.</param>
    /// <exception cref="StorageFaultException">The folder cannot be made or read.</exception>
    public static PictureFolder Open(string dataFolder, TimeProvider time, Func<long>? freeBytes = null)
    {
        var folder = new PictureFolder(Path.Combine(dataFolder, "pictures"), time, freeBytes);
        folder.Guarded(folder.Load);
        return folder;
    }

    /// <summary>Writes a picture, after the oldest have made room for it.</summary>
    /// <param name="id">Letters, digits, dots, dashes and underlines; nothing is kept under it yet.</param>
    /// <exception cref="StorageFaultException">The disk does not take it; what was kept before is still there.</exception>
    public void Keep(string id, ReadOnlySpan<byte> jpeg, PictureLimits limits)
    {
        if (!IsName(id))
            throw new ArgumentException($"A picture's id has 1 to 64 letters, digits, dots, dashes and underlines, not '{id}'.", nameof(id));
        if (jpeg.Length is 0 or > MostBytes || jpeg.Length > limits.MaximumBytes)
            throw new StorageFaultException($"A picture of {jpeg.Length} bytes is not kept; up to {Math.Min(MostBytes, limits.MaximumBytes)} bytes are.");
        var bytes = jpeg.Length;
        lock (_lock)
        {
            if (_kept.ContainsKey(id))
                throw new ArgumentException($"There is a picture '{id}' already.", nameof(id));
            Guarded(() =>
            {
                MakeRoom(limits, _bytes + bytes);
                if (_freeBytes() < limits.LeastFreeBytes)
                    throw new StorageFaultException($"Expected {limits.LeastFreeBytes} free bytes beside the pictures, but there are fewer. Free space on the disk.");
            });
            Write(PathOf(id), jpeg);
            Add(id, bytes, _time.GetUtcNow());
        }
    }

    /// <summary>The picture; null when none is kept under this id, whatever the id looks like.</summary>
    public async ValueTask<byte[]?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_kept.ContainsKey(id))
                return null;
        }

        try
        {
            return await File.ReadAllBytesAsync(PathOf(id), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Deleted in between, or the card has lost it.
            return null;
        }
    }

    /// <summary>Deletes what is too old or too much by now.</summary>
    /// <exception cref="StorageFaultException">The disk refuses.</exception>
    public void Prune(PictureLimits limits)
    {
        lock (_lock)
            Guarded(() => MakeRoom(limits, _bytes));
    }

    /// <summary>Deletes all pictures.</summary>
    /// <inheritdoc cref="Prune" path="/exception"/>
    public void Clear()
    {
        lock (_lock)
        {
            Guarded(() =>
            {
                while (_oldestFirst.Count > 0)
                    DropOldest();
            });
        }
    }

    private static bool IsName(string id) =>
        id.Length is > 0 and <= 64 && id[0] != '.' && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    private static void Write(string path, ReadOnlySpan<byte> jpeg)
    {
        try
        {
            PrivateFile.Write(path, jpeg);
        }
        catch (StorageFaultException)
        {
            // What is not counted must not lie there: nothing would ever delete it.
            PrivateFile.DeleteIfPossible(path);
            throw;
        }
    }

    private void Load()
    {
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            if (file.Extension == Extension && file.LinkTarget is null && IsName(Path.GetFileNameWithoutExtension(file.Name)))
                Add(Path.GetFileNameWithoutExtension(file.Name), file.Length, file.LastWriteTimeUtc);
            else if (file.Extension == ".new")
                file.Delete();
        }
    }

    private void MakeRoom(PictureLimits limits, long wanted)
    {
        var oldest = _time.GetUtcNow() - limits.Span;
        while (_oldestFirst.TryPeek(out var id)
            && (wanted > limits.MaximumBytes || _kept[id].At < oldest || _freeBytes() < limits.LeastFreeBytes))
        {
            wanted -= _kept[id].Bytes;
            DropOldest();
        }
    }

    private void DropOldest()
    {
        var id = _oldestFirst.Peek();
        File.Delete(PathOf(id));
        _oldestFirst.Dequeue();
        _bytes -= _kept[id].Bytes;
        _kept.Remove(id);
    }

    private void Add(string id, long bytes, DateTimeOffset at)
    {
        _kept[id] = new Kept(bytes, at);
        _oldestFirst.Enqueue(id);
        _bytes += bytes;
    }

    private string PathOf(string id) => Path.Combine(_folder, id + Extension);

    private void Guarded(Action work)
    {
        try
        {
            MakeFolder();
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFaultException($"Expected to keep pictures in '{_folder}', but: {DiskWords.Of(exception)}", exception);
        }
    }

    // Somebody may have deleted it by hand since.
    private void MakeFolder()
    {
        Directory.CreateDirectory(_folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private readonly record struct Kept(long Bytes, DateTimeOffset At);
}
