using System.Buffers.Binary;

namespace BayEdge.Drivers.R200;

/// <summary>A tag as a module notifies it: strength, protocol control word, identity, checksum.</summary>
/// <param name="Epc">Upper-case hex; empty for a tag without one.</param>
/// <param name="RssiDbm">At the chip's input, as a signed byte.</param>
internal readonly record struct R200Tag(string Epc, int RssiDbm)
{
    /// <summary>Reads the parameters of a notification.</summary>
    /// <remarks>
    /// The identity is as long as the protocol control word says, not always 12 bytes (Gen2, section 6.3.2.1.2.2). Its own
    /// checksum is verified too: one byte of sum over a serial line lets one damaged identity in 256 pass.
    /// </remarks>
    public static bool TryRead(ReadOnlySpan<byte> parameters, out R200Tag tag)
    {
        tag = default;
        const int strengthBytes = 1, controlBytes = 2, checksumBytes = 2;
        if (parameters.Length < strengthBytes + controlBytes + checksumBytes)
            return false;

        var words = parameters[strengthBytes] >> 3;
        var covered = controlBytes + (2 * words);
        var backscattered = parameters[strengthBytes..];
        if (backscattered.Length < covered + checksumBytes)
            return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(backscattered[covered..]) != Gen2Checksum(backscattered[..covered]))
            return false;

        tag = new R200Tag(Convert.ToHexString(backscattered[controlBytes..covered]), (sbyte)parameters[0]);
        return true;
    }

    /// <summary>CRC-16 with polynomial 0x1021, all ones at the start, inverted at the end (Gen2, annex F).</summary>
    private static ushort Gen2Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc << 1) ^ ((crc & 0x8000) != 0 ? 0x1021 : 0);
        }

        return (ushort)~crc;
    }
}
