using System.Buffers.Binary;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>Bytes to frames and back.</summary>
/// <remarks>
/// Header, type, command, length of the parameters (two bytes, high byte first), parameters, checksum, end. The checksum is
/// the low byte of the sum from type to last parameter (Unit RFID-UHF protocol for M100/QM100, section 1.1).
/// </remarks>
internal static class R200Codec
{
    /// <summary>The longest answer described has 54 (channel measurement), the longest tag 67; what claims more is noise.</summary>
    public const int MostParameters = 128;

    public const int LongestFrame = Overhead + MostParameters;

    private const int HeaderBytes = 5;
    private const int Overhead = HeaderBytes + 2;

    public static byte[] Encode(R200Framing framing, byte command, ReadOnlySpan<byte> parameters)
    {
        var frame = new byte[Overhead + parameters.Length];
        (frame[0], frame[1], frame[2], frame[^1]) = (framing.Header, (byte)R200FrameType.Command, command, framing.End);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), (ushort)parameters.Length);
        parameters.CopyTo(frame.AsSpan(HeaderBytes));
        frame[^2] = Checksum(frame.AsSpan(1..^2));
        return frame;
    }

    /// <summary>Finds frames that come from a module.</summary>
    public static FrameMatch Matching(R200Framing framing) => bytes =>
    {
        if (bytes[0] != framing.Header)
            return -1;
        if (bytes.Length > 1 && bytes[1] is not ((byte)R200FrameType.Response or (byte)R200FrameType.Notification))
            return -1;
        if (bytes.Length < HeaderBytes)
            return 0;

        var parameters = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        if (parameters > MostParameters)
            return -1;

        var length = Overhead + parameters;
        if (bytes.Length < length)
            return 0;
        return bytes[length - 1] == framing.End && bytes[length - 2] == Checksum(bytes[1..(length - 2)]) ? length : -1;
    };

    /// <param name="frame">As <see cref="Matching"/> found it.</param>
    public static R200Frame Decode(ReadOnlyMemory<byte> frame) =>
        new((R200FrameType)frame.Span[1], frame.Span[2], frame[HeaderBytes..^2]);

    private static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
            sum += value;
        return sum;
    }
}
