using System.Buffers.Binary;
using BayEdge.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace BayEdge.Storage.Journal;

/// <summary>The second record of the numbers given out, apart from the database.</summary>
/// <remarks>
/// Were the database lost or put back from an old copy, its numbers would be given out twice and the central system would
/// drop the second event as a repetition. Before each append the mark is written and flushed: one fsync beside the
/// database's own. It overwrites one of two slots in place, in turn, so a torn write spoils only the slot being written
/// and no rename or folder flush is needed; block-wise reservation would save the fsync, but then nobody could say how
/// many events a lost journal had held.
/// </remarks>
internal sealed class SequenceMark : IDisposable
{
    internal const string FileName = "journal.mark";

    // A slot a 4 KiB block, so that no write of one touches the sectors of the other.
    private const int SlotBytes = 4096;
    private const int RecordBytes = 44;
    private const int ChecksumOffset = RecordBytes - sizeof(uint);
    private const uint Magic = 0x4245_4D32;

    private readonly SafeFileHandle _file;
    private long _generation;

    private SequenceMark(SafeFileHandle file, long generation, MarkedSequence? found)
    {
        _file = file;
        _generation = generation;
        Found = found;
    }

    /// <summary>What the file held when it was opened; null when it was new or unreadable.</summary>
    public MarkedSequence? Found { get; }

    public static SequenceMark Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (RandomAccess.GetLength(file) < 2 * SlotBytes)
        {
            // The space is taken now, so that a mark can be written on a full disk.
            Span<byte> zeros = stackalloc byte[SlotBytes];
            zeros.Clear();
            for (var offset = RandomAccess.GetLength(file); offset < 2 * SlotBytes; offset += SlotBytes)
                RandomAccess.Write(file, zeros[..(int)Math.Min(SlotBytes, (2 * SlotBytes) - offset)], offset);
            RandomAccess.FlushToDisk(file);
            DurableFolder.Flush(folder);
        }

        var (first, second) = (ReadSlot(file, 0), ReadSlot(file, 1));
        var newest = (first?.Generation ?? -1) >= (second?.Generation ?? -1) ? first : second;
        return new SequenceMark(file, newest?.Generation ?? 0, newest?.Sequence);
    }

    public void Write(MarkedSequence sequence)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], sequence.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], _generation + 1);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], sequence.Committed);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], sequence.Reserved);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], sequence.RefusedSince?.ToUnixTimeMilliseconds() ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(record[ChecksumOffset..], Checksum.Of(record[..ChecksumOffset]));
        RandomAccess.Write(_file, record, (_generation + 1) % 2 * SlotBytes);
        DurableFile.FlushContent(_file);
        // A write that failed is repeated in its own slot, so that the good one is never touched.
        _generation++;
    }

    public void Dispose() => _file.Dispose();

    private static (long Generation, MarkedSequence Sequence)? ReadSlot(SafeFileHandle file, int slot)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        if (RandomAccess.Read(file, record, slot * SlotBytes) != RecordBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(record) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(record[ChecksumOffset..]) != Checksum.Of(record[..ChecksumOffset]))
        {
            return null;
        }

        return (
            BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
            new MarkedSequence(
                BinaryPrimitives.ReadInt32LittleEndian(record[4..]),
                BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(record[24..]))
            {
                RefusedSince = BinaryPrimitives.ReadInt64LittleEndian(record[32..]) is > 0 and var since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
            });
    }
}

/// <param name="Committed">Every number up to this was given out in the epoch.</param>
/// <param name="Reserved">No number above this was.</param>
internal readonly record struct MarkedSequence(int Epoch, long Committed, long Reserved)
{
    /// <summary>When the oldest event was decided that waits for the disk to take it; null when none does.</summary>
    public DateTimeOffset? RefusedSince { get; init; }
}
