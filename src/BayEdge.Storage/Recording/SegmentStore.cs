using System.IO.Compression;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace BayEdge.Storage.Recording;

/// <summary>Keeps the segments of a recording on the disk, within their bounds.</summary>
/// <remarks>
/// Every batch of lines is appended as a gzip member of its own (RFC 1952 section 2.2), so that nothing is written twice
/// and a power cut costs the batch that was being written. Not thread-safe: one writer.
/// </remarks>
public sealed class SegmentStore : IDisposable
{
    // So many segments make up the whole: what is dropped with the oldest is little.
    private const int SegmentsAtLeast = 16;

    private readonly RecordingOptions _options;
    private readonly string _folder;
    private readonly Queue<SegmentFile> _older;
    private int _number;
    private string _path = "";
    private SafeFileHandle? _open;

    private SegmentStore(RecordingOptions options, string folder, IReadOnlyList<SegmentFile> older)
    {
        _options = options;
        _folder = folder;
        _older = new Queue<SegmentFile>(older);
        _number = older.Count == 0 ? 0 : older[^1].Number;
    }

    /// <summary>The number of the segment that is written, or was last.</summary>
    public int Number => _number;

    /// <summary>How much of it is on the disk.</summary>
    public long Bytes { get; private set; }

    /// <summary>From how many bytes on a segment should be ended.</summary>
    public long SegmentBytes => _options.MaximumBytes / SegmentsAtLeast;

    /// <exception cref="StorageFaultException">The folder cannot be made or read.</exception>
    public static SegmentStore Open(RecordingOptions options)
    {
        var folder = Path.Combine(options.Folder, SegmentFile.FolderName);
        return Guarded(folder, () =>
        {
            Directory.CreateDirectory(folder);
            return new SegmentStore(options, folder, SegmentFile.In(folder));
        });
    }

    /// <summary>Begins a segment; the one before must have been ended or given up.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="StorageFaultException">The disk takes no file.</exception>
    public int Begin() => Guarded(_folder, () =>
    {
        DropWhatIsOlderThanTheSpan();
        _path = Path.Combine(_folder, SegmentFile.NameOf(++_number));
        _open = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Bytes = 0;
        return _number;
    });

    /// <summary>Adds whole lines to the segment.</summary>
    /// <param name="durable">Whether they must outlast a power cut that comes right after.</param>
    /// <exception cref="StorageFaultException">The disk took nothing or too little; the segment must be given up.</exception>
    public void Append(ReadOnlySpan<byte> lines, bool durable)
    {
        var member = Compress(lines);
        Guarded(_folder, () =>
        {
            MakeRoomFor(member.Length);
            // One call for the whole member, so that a torn one lies at the end.
            RandomAccess.Write(_open!, member, Bytes);
            Bytes += member.Length;
            if (durable)
                DurableFile.FlushContent(_open!);
            return true;
        });
    }

    /// <summary>Ends the segment, which is whole.</summary>
    /// <param name="span">How much time it holds.</param>
    /// <exception cref="StorageFaultException">The disk does not take its name.</exception>
    public void End(TimeSpan span)
    {
        Close();
        Guarded(_folder, () =>
        {
            var path = Path.Combine(_folder, SegmentFile.NameOf(_number, span));
            File.Move(_path, path);
            _older.Enqueue(new SegmentFile(path, _number, span, Bytes));
            _path = "";
            return true;
        });
    }

    /// <summary>Leaves the segment with the batches that the disk took whole, or none where it took none.</summary>
    public void GiveUp()
    {
        CutTornBatch();
        Close();
        if (Bytes > 0 && _path.Length > 0)
            _older.Enqueue(new SegmentFile(_path, _number, TimeSpan.Zero, Bytes));
        _path = "";
    }

    public void Dispose() => Close();

    // The half of a batch that a full disk took is of no use, and events need the space.
    private void CutTornBatch()
    {
        try
        {
            if (_open is not null && Bytes > 0)
                RandomAccess.SetLength(_open, Bytes);
            else if (_open is not null)
                File.Delete(_path);
        }
        catch (IOException)
        {
            // It stays until the segment goes; readers stop before it.
        }
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    private static byte[] Compress(ReadOnlySpan<byte> lines)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Optimal))
            gzip.Write(lines);
        return member.ToArray();
    }

    private void MakeRoomFor(int bytes)
    {
        var total = SegmentFile.OnDisk(Bytes + bytes) + _older.Sum(segment => SegmentFile.OnDisk(segment.Bytes));
        while (total > _options.MaximumBytes && _older.Count > 0)
            total -= DropOldest();
        if (total > _options.MaximumBytes)
            throw new StorageFaultException($"The recording needs more than the {_options.MaximumBytes / 1_000_000} MB that recorder.maxMegabytes allows; raise it.");
        while (IsDiskShort())
        {
            if (_older.Count == 0)
            {
                throw new StorageFaultException(
                    $"The disk under '{_folder}' has less than {_options.KeptFreeBytes / 1_000_000} MB free, which are kept for events; make room on it.");
            }

            DropOldest();
        }
    }

    private bool IsDiskShort() => new DriveInfo(_folder).AvailableFreeSpace < _options.KeptFreeBytes;

    private long DropOldest()
    {
        // What cannot be deleted still counts.
        File.Delete(_older.Peek().Path);
        return SegmentFile.OnDisk(_older.Dequeue().Bytes);
    }

    private void DropWhatIsOlderThanTheSpan()
    {
        while (_older.Count > 0 && _older.Skip(1).Aggregate(TimeSpan.Zero, (sum, newer) => sum + newer.Span) >= _options.Span)
            DropOldest();
    }

    private static T Guarded<T>(string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageFaultException(
                $"The recording in '{folder}' took no data: {DiskWords.Of(exception)} Check the disk, its mount and the rights of the service's user.", exception);
        }
    }
}
