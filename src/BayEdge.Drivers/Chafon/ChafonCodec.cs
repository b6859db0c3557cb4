using System.Buffers.Binary;

namespace BayEdge.Drivers.Chafon;

/// <summary>Bytes to frames and back.</summary>
/// <remarks>
/// Length (of what follows it), address, command, in answers a status, data, checksum with its low byte first
/// (UHFReader288MP user manual V1.14, chapter 3).
/// </remarks>
internal static class ChafonCodec
{
    /// <summary>The length is one byte and does not count itself.</summary>
    public const int LongestFrame = 256;

    /// <summary>Every reader obeys this address; with one reader on a line it need not be known.</summary>
    private const byte AnyReader = 0xFF;

    private const int ChecksumBytes = 2;
    private const int DataStart = 4;

    public static byte[] Encode(byte command, ReadOnlySpan<byte> data)
    {
        var frame = new byte[3 + data.Length + ChecksumBytes];
        (frame[0], frame[1], frame[2]) = ((byte)(frame.Length - 1), AnyReader, command);
        data.CopyTo(frame.AsSpan(3));
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(^ChecksumBytes..), Checksum(frame.AsSpan(..^ChecksumBytes)));
        return frame;
    }

    /// <summary>Finds frames that come from a reader. Nothing marks their beginning, so the checksum alone tells.</summary>
    public static int Match(ReadOnlySpan<byte> bytes)
    {
        var length = bytes[0] + 1;
        if (length < DataStart + ChecksumBytes || (bytes.Length > 2 && !ChafonCommand.IsKnown(bytes[2])))
            return -1;
        if (bytes.Length < length)
            return 0;

        var covered = length - ChecksumBytes;
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes[covered..]) == Checksum(bytes[..covered]) ? length : -1;
    }

    /// <param name="frame">As <see cref="Match"/> found it.</param>
    public static ChafonFrame Decode(ReadOnlyMemory<byte> frame) =>
        new(frame.Span[2], frame.Span[3], frame[DataStart..^ChecksumBytes]);

    /// <summary>CRC-16, polynomial 0x8408 (0x1021 with its bits reversed), all ones at the start.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (ushort)((crc >> 1) ^ ((crc & 1) != 0 ? 0x8408 : 0));
        }

        return crc;
    }
}
