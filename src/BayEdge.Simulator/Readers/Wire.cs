using System.Buffers.Binary;
using System.Text;

namespace BayEdge.Simulator.Readers;

/// <summary>The few LLRP encodings that the simulated reader needs.</summary>
/// <remarks>
/// Independent of the driver's codec on purpose: two sides that share their code would also share, and so hide, a mistake.
/// Numbers are those of LLRP 1.0.1, chapter 16.
/// </remarks>
internal static class Wire
{
    public const int HeaderBytes = 10;

    public const int Version101 = 1;
    public const int Version11 = 2;

    /// <summary>A message in the oldest version; see <see cref="InVersion"/>.</summary>
    public static byte[] Message(int type, uint id, params byte[][] parts)
    {
        var body = Join(parts);
        return Join([U16((Version101 << 10) | type), U32((uint)(HeaderBytes + body.Length)), U32(id), body]);
    }

    /// <summary>The same message in another version: three bits of its first byte.</summary>
    public static byte[] InVersion(int version, byte[] message) => [(byte)((message[0] & 0xE3) | (version << 2)), .. message[1..]];

    public static int VersionOf(byte[] header) => (header[0] >> 2) & 7;

    /// <summary>A parameter with a length field.</summary>
    public static byte[] Tlv(int type, params byte[][] parts)
    {
        var body = Join(parts);
        return Join([U16(type), U16(4 + body.Length), body]);
    }

    /// <summary>A parameter whose type alone tells its length.</summary>
    public static byte[] Tv(int type, byte[] value) => Join([U8(0x80 | type), value]);

    public static byte[] U8(int value) => [(byte)value];

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(uint value) => [.. U16((int)(value >> 16)), .. U16((int)(value & 0xFFFF))];

    public static byte[] U64(ulong value) => [.. U32((uint)(value >> 32)), .. U32((uint)value)];

    public static byte[] Utf8(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. U16(bytes.Length), .. bytes];
    }

    public static byte[] Join(IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    public static int ReadU16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public static uint ReadU32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>The body of the first parameter of a type, looked for at one level; null when there is none.</summary>
    public static byte[]? Find(ReadOnlySpan<byte> parameters, int type) => FindAll(parameters, type).FirstOrDefault();

    /// <summary>The bodies of all parameters of a type, looked for at one level.</summary>
    public static List<byte[]> FindAll(ReadOnlySpan<byte> parameters, int type)
    {
        List<byte[]> found = [];
        while (parameters.Length >= 4)
        {
            var length = ReadU16(parameters[2..]);
            if (length < 4 || length > parameters.Length)
                throw new InvalidDataException($"Parameter {ReadU16(parameters) & 0x3FF} claims {length} bytes of {parameters.Length}.");
            if ((ReadU16(parameters) & 0x3FF) == type)
                found.Add(parameters[4..length].ToArray());
            parameters = parameters[length..];
        }

        return found;
    }
}
