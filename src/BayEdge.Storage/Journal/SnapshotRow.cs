using System.IO.Compression;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>The row with the bays' snapshot, which also holds the newest number given out: what every append changes is in one place.</summary>
/// <remarks>Compressed, because it is written anew with each event: JSON of eight bays shrinks to a tenth.</remarks>
internal static class SnapshotRow
{
    private const byte Compressed = 1;

    // Enough for JSON that repeats itself; more quality would cost a small computer more than the card.
    private const int Quality = 4;
    private const int WindowBits = 18;

    public const string Upsert = "INSERT OR REPLACE INTO snapshot (id, content, checksum, epoch, last_sequence) VALUES (1, $0, $1, $2, $3)";

    public static byte[] Pack(ReadOnlySpan<byte> snapshot)
    {
        var packed = new byte[1 + BrotliEncoder.GetMaxCompressedLength(snapshot.Length)];
        packed[0] = Compressed;
        return BrotliEncoder.TryCompress(snapshot, packed.AsSpan(1), out var written, Quality, WindowBits)
            ? packed[..(1 + written)]
            : throw new InvalidOperationException("The longest possible result is too short.");
    }

    /// <returns>Null where the row does not hold what was written.</returns>
    public static byte[]? Read(SqliteDataReader row)
    {
        var content = row.GetFieldValue<byte[]>(0);
        if (Checksum.Of(content) != (uint)row.GetInt64(1))
            return null;
        // The version before wrote the JSON as it is.
        if (content is not [Compressed, ..])
            return content;

        using var unpacked = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(content, 1, content.Length - 1), CompressionMode.Decompress))
            brotli.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
