using System.Numerics;
using System.Text;

namespace BayEdge.Storage.Files;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): tells a torn or altered record from a whole one.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(uint.MaxValue, bytes);

    public static uint Of(string text, ReadOnlySpan<byte> bytes) => ~Continue(Continue(uint.MaxValue, Encoding.UTF8.GetBytes(text)), bytes);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BitConverter.ToUInt64(bytes));
        foreach (var single in bytes)
            crc = BitOperations.Crc32C(crc, single);
        return crc;
    }
}
