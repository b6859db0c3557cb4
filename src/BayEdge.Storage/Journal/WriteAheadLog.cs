using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace BayEdge.Storage.Journal;

/// <summary>SQLite's write-ahead log as a file of fixed size, flushed by us.</summary>
/// <remarks>
/// SQLite as it is bundled calls fsync, which on ext4 writes the file's time stamp with it: a commit of the file system's
/// journal and a second flush for each event. A log whose blocks are all there, overwritten in place and flushed with
/// fdatasync, costs its own bytes only. The order of the bytes is SQLite's, which is why a flush after a commit is as good as
/// the one that <c>synchronous = FULL</c> makes within it.
/// </remarks>
internal sealed class WriteAheadLog : IDisposable
{
    /// <summary>After how many pages SQLite folds the log into the database.</summary>
    public const int CheckpointPages = 256;

    // sqlite.org/fileformat2.html section 4.1: a header, and one before each page. What one transaction may add is room on top.
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    /// <summary>What the log takes on the disk.</summary>
    public const long FileBytes = HeaderBytes + ((CheckpointPages + 64L) * (JournalOptions.PageBytes + FrameHeaderBytes));

    private readonly SafeFileHandle _file;
    private readonly Action<SafeFileHandle> _flush;
    private bool _isDoubtful;

    private WriteAheadLog(SafeFileHandle file, Action<SafeFileHandle> flush) => (_file, _flush) = (file, flush);

    /// <param name="database">Of an open database in WAL mode that has been read from.</param>
    /// <param name="flush">Puts on the disk what was written to a file.</param>
    public static WriteAheadLog Open(string database, Action<SafeFileHandle> flush)
    {
        var path = database + "-wal";
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var log = new WriteAheadLog(file, flush);
        log.TakeSpace();
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
        return log;
    }

    /// <summary>Puts every commit up to now on the disk.</summary>
    /// <exception cref="IOException">The disk refused, and what it holds of the log is unknown: see <see cref="Mend"/>.</exception>
    public void Flush()
    {
        try
        {
            _flush(_file);
        }
        catch (IOException)
        {
            _isDoubtful = true;
            throw;
        }
    }

    /// <summary>After a flush that failed: puts into the database what the log holds, since a second flush would only pretend to.</summary>
    /// <remarks>Linux counts pages whose writing failed as written; the checkpoint writes them anew, to another place.</remarks>
    public void Mend(SqliteConnection connection)
    {
        if (_isDoubtful)
            Fold(connection);
        _isDoubtful = false;
    }

    /// <summary>Moves what the log holds into the database and empties it.</summary>
    public void Fold(SqliteConnection connection)
    {
        if (JournalDatabase.Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw new IOException("The write-ahead log cannot be folded into the database.");
        TakeSpace();
    }

    public void Dispose() => _file.Dispose();

    private void TakeSpace()
    {
        try
        {
            // Zeros, not a hole: a block that is allocated later would cost what this saves. SQLite ends its log at them.
            var zeros = new byte[1 << 16];
            for (var length = RandomAccess.GetLength(_file); length < FileBytes; length = RandomAccess.GetLength(_file))
                RandomAccess.Write(_file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, FileBytes - length)), length);
        }
        catch (IOException)
        {
            // A disk that is full already: the log takes the space as it needs it.
        }

        // What a killed service had committed may be in no more than memory.
        RandomAccess.FlushToDisk(_file);
    }
}
