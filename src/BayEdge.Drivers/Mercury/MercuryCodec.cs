using System.Buffers.Binary;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>Bytes to frames and back.</summary>
/// <remarks>
/// FF, length of the data, command, in answers a status word, data, checksum with its high byte first; all numbers have their
/// high byte first (ThingMagic M7e user guide, section 7).
/// </remarks>
internal static class MercuryCodec
{
    public const int LongestFrame = 255;

    private const byte Header = 0xFF;
    private const int ChecksumBytes = 2;
    private const int DataStart = 5;
    private const int MostData = LongestFrame - DataStart - ChecksumBytes;

    private static ReadOnlySpan<ushort> NibbleTable =>
    [
        0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
        0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C, 0xD1AD, 0xE1CE, 0xF1EF,
    ];

    public static byte[] Encode(byte command, ReadOnlySpan<byte> data)
    {
        var frame = new byte[3 + data.Length + ChecksumBytes];
        (frame[0], frame[1], frame[2]) = (Header, (byte)data.Length, command);
        data.CopyTo(frame.AsSpan(3));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(^ChecksumBytes..), Checksum(frame.AsSpan(1..^ChecksumBytes)));
        return frame;
    }

    /// <summary>Finds frames that come from a module; see <see cref="FrameMatch"/>.</summary>
    public static int Match(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != Header || (bytes.Length > 1 && bytes[1] > MostData))
            return -1;
        if (bytes.Length < 2)
            return 0;

        var length = DataStart + bytes[1] + ChecksumBytes;
        if (bytes.Length < length)
            return 0;

        var covered = bytes[1..(length - ChecksumBytes)];
        return BinaryPrimitives.ReadUInt16BigEndian(bytes[(length - ChecksumBytes)..]) == Checksum(covered) ? length : -1;
    }

    /// <param name="frame">As <see cref="Match"/> found it.</param>
    public static MercuryFrame Decode(ReadOnlyMemory<byte> frame) =>
        new(frame.Span[2], BinaryPrimitives.ReadUInt16BigEndian(frame.Span[3..]), frame[DataStart..^ChecksumBytes]);

    /// <summary>
    /// CRC-16 with polynomial 0x1021 and all ones at the start, but with the bits of the message shifted in from below: not the
    /// checksum that is usually meant by these numbers (MercuryAPI, serial_reader_l3.c, tm_crc).
    /// </summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc = (ushort)(((crc << 4) | (value >> 4)) ^ NibbleTable[crc >> 12]);
            crc = (ushort)(((crc << 4) | (value & 0xF)) ^ NibbleTable[crc >> 12]);
        }

        return crc;
    }
}
