using System.Buffers.Binary;

namespace BayEdge.Drivers.Mercury;

/// <summary>A tag as a reading module reports it. What a report leaves out is null.</summary>
/// <param name="Epc">Upper-case hex; empty for a tag without one.</param>
/// <param name="Count">How many reads this stands for.</param>
/// <param name="Antenna">The port that sent, from 1.</param>
/// <param name="InCycle">When it was read, from the keep-alive before.</param>
internal readonly record struct MercuryTag(string Epc, int Count, int? RssiDbm, int? Antenna, TimeSpan? InCycle)
{
    private const byte WithMetadata = 0x10;
    private const byte TagOfStream = 1;
    private const byte Gen2 = 5;
    private const int FieldsStart = 6;

    /// <summary>The fields that the flags announce, from the lowest bit, and how many bytes each takes.</summary>
    private static ReadOnlySpan<byte> FieldBytes => [1, 1, 1, 3, 4, 2, 1, 2, 1, 1, 1, 1];

    /// <summary>Reads the data of a report.</summary>
    /// <remarks>
    /// Option, search flags, flags of the fields, kind of the report, the fields, number of bits of what the tag sent, and that:
    /// protocol control words, identity, checksum (MercuryAPI, serial_reader_l3.c, TMR_SR_parseMetadataFromMessage).
    /// </remarks>
    /// <returns>Whether the data is a tag, to its last byte. Reports on the module's own state are not.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out MercuryTag tag)
    {
        tag = new MercuryTag("", 1, null, null, null);
        if (data.Length < FieldsStart || (data[0] & WithMetadata) == 0 || data[5] != TagOfStream)
            return false;

        var flags = BinaryPrimitives.ReadUInt16BigEndian(data[3..]);
        data = data[FieldsStart..];
        var protocol = Gen2;
        for (var field = 0; flags >> field != 0; field++)
        {
            if ((flags >> field & 1) == 0 || (IsOfGen2(field) && protocol != Gen2))
                continue;
            if (field >= FieldBytes.Length || data.Length < FieldBytes[field])
                return false;

            var value = data[..FieldBytes[field]];
            data = data[value.Length..];
            switch (field)
            {
                case 0:
                    tag = tag with { Count = Math.Max((int)value[0], 1) };
                    break;
                case 1:
                    tag = tag with { RssiDbm = (sbyte)value[0] };
                    break;
                case 2:
                    tag = tag with { Antenna = PortOf(value[0]) };
                    break;
                case 4:
                    tag = tag with { InCycle = TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(value)) };
                    break;
                case 6:
                    protocol = value[0];
                    break;
                case 7:
                    var memoryBytes = BytesOf(BinaryPrimitives.ReadUInt16BigEndian(value));
                    if (data.Length < memoryBytes)
                        return false;
                    data = data[memoryBytes..];
                    break;
            }
        }

        return TryReadIdentity(data, ref tag);
    }

    private static bool IsOfGen2(int field) => field is >= 9 and <= 11;

    private static int BytesOf(int bits) => (bits + 7) / 8;

    /// <summary>The upper half is the port that sends; the sixteenth wraps round to 0.</summary>
    private static int PortOf(byte antenna) => antenna >> 4 is var port and > 0 ? port : 16;

    private static bool TryReadIdentity(ReadOnlySpan<byte> data, ref MercuryTag tag)
    {
        const int controlBytes = 2, checksumBytes = 2;
        if (data.Length < 2 || BytesOf(BinaryPrimitives.ReadUInt16BigEndian(data)) != data.Length - 2)
            return false;

        var sent = data[2..];
        var control = controlBytes;
        // Extended control words (Gen2, section 6.3.2.1.2.2): the first one says whether there is a second.
        if (sent.Length >= control && (sent[0] & 0x02) != 0)
            control += sent.Length > controlBytes && (sent[controlBytes] & 0x80) != 0 ? 4 : 2;
        if (sent.Length < control + checksumBytes)
            return false;

        tag = tag with { Epc = Convert.ToHexString(sent[control..^checksumBytes]) };
        return true;
    }
}
