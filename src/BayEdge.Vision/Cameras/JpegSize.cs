using System.Buffers.Binary;

namespace BayEdge.Vision.Cameras;

/// <summary>How many pixels a JPEG picture has, from its head: what would fill the memory must be known before it is decoded.</summary>
internal static class JpegSize
{
    private const byte Mark = 0xFF;
    private const byte Start = 0xD8;
    private const byte StartOfScan = 0xDA;

    /// <returns>Width times height (ITU-T T.81, B.2.2); null when the bytes are no JPEG picture.</returns>
    public static long? PixelsOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != Mark || file[1] != Start)
            return null;
        var rest = file[2..];
        while (rest.Length >= 4 && rest[0] == Mark)
        {
            var code = rest[1];
            if (code == Mark)
            {
                rest = rest[1..];
                continue;
            }

            if (code == StartOfScan)
                return null;
            if (IsFrame(code))
                return rest.Length < 9 ? null : (long)BinaryPrimitives.ReadUInt16BigEndian(rest[5..]) * BinaryPrimitives.ReadUInt16BigEndian(rest[7..]);
            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length > rest.Length)
                return null;
            rest = rest[length..];
        }

        return null;
    }

    // SOF0 to SOF15 without DHT, JPG and DAC, which lie among them.
    private static bool IsFrame(byte code) => code is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
