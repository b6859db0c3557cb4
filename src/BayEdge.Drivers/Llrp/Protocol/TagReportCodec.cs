using System.Buffers.Binary;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Reads and writes <see cref="TagReport"/>s.</summary>
internal static class TagReportCodec
{
    public const ushort TypeNumber = 240;
    private const ushort EpcData = 241;
    private const int Epc96Bytes = 12;

    /// <summary>The order in which the specification lists the fields behind the EPC.</summary>
    private static ReadOnlySpan<TvField> WireOrder =>
    [
        TvField.RoSpecId, TvField.SpecIndex, TvField.InventoryParameterSpecId, TvField.AntennaId, TvField.PeakRssi,
        TvField.ChannelIndex, TvField.FirstSeenUtc, TvField.FirstSeenUptime, TvField.LastSeenUtc, TvField.LastSeenUptime,
        TvField.TagSeenCount, TvField.Pc, TvField.XpcWord1, TvField.XpcWord2, TvField.Crc, TvField.AccessSpecId,
    ];

    /// <summary>Reads the next tag of a report; false when something else or nothing follows.</summary>
    /// <param name="keepOthers">Whether <see cref="TagReport.Others"/> is wanted; it costs allocations.</param>
    public static bool TryReadNext(ref FieldReader report, bool keepOthers, out TagReport tag)
    {
        tag = default;
        if (report.AtEnd || (BinaryPrimitives.ReadUInt16BigEndian(report.Peek(2)) & 0x83FF) != TypeNumber)
            return false;

        var (type, bodyBytes) = ParameterReader.ReadHeader(ref report);
        var fields = new FieldReader(report.Take(bodyBytes), type);
        tag = Read(ref fields, keepOthers);
        return true;
    }

    public static void Write(FieldWriter writer, TagReport report)
    {
        var start = writer.BeginParameter(TypeNumber);
        WriteEpc(writer, report);
        foreach (var field in WireOrder)
        {
            if (report[field] is { } value)
                WriteValue(writer, field, value);
        }

        foreach (var other in report.Others)
            other.Write(writer);
        writer.EndParameter(start);
    }

    private static TagReport Read(ref FieldReader fields, bool keepOthers)
    {
        var (epc, bits) = ReadEpc(ref fields);
        var tag = new TagReport { Epc = epc, EpcBits = bits };
        while (!fields.AtEnd)
        {
            if ((fields.Rest[0] & TvFieldExtensions.Marker) != 0)
            {
                var field = (TvField)(fields.U8() & ~TvFieldExtensions.Marker);
                tag[field] = ReadValue(fields.Take(field.ValueBytes()), field);
            }
            else if (keepOthers)
            {
                tag.Others = tag.Others.Add(ParameterReader.ReadOne(ref fields, depth: 1));
            }
            else
            {
                var (type, bodyBytes) = ParameterReader.ReadHeader(ref fields);
                var body = fields.Take(bodyBytes);
                if (type == CustomParameter.TypeNumber)
                    ReadExtension(new FieldReader(body, type), ref tag);
            }
        }

        return tag;
    }

    /// <summary>What Impinj says of a tag beyond LLRP (Impinj Octane LLRP, chapter 6); anything else is passed over.</summary>
    private static void ReadExtension(FieldReader body, ref TagReport tag)
    {
        const uint serializedTid = 55, peakRssi = 57;
        const int headBytes = 8;
        if (body.Rest.Length < headBytes || body.U32() != ImpinjExtensions.Vendor)
            return;

        switch (body.U32())
        {
            case peakRssi:
                tag.PeakRssiCentiDbm = body.S16();
                break;
            case serializedTid:
                tag.SerialNumber = Convert.ToHexString(body.Take(body.U16() * sizeof(ushort)));
                break;
        }
    }

    private static (string Epc, ushort? Bits) ReadEpc(ref FieldReader fields)
    {
        if (!fields.AtEnd && fields.Rest[0] == (TvFieldExtensions.Marker | (int)TvField.Epc96))
        {
            fields.U8();
            return (Convert.ToHexString(fields.Take(Epc96Bytes)), null);
        }

        var (type, bodyBytes) = ParameterReader.ReadHeader(ref fields);
        if (type != EpcData)
            throw new LlrpFormatException($"A tag report starts with the EPC, parameter {EpcData} or 13, but parameter {type} came.");

        var body = new FieldReader(fields.Take(bodyBytes), EpcData);
        var bits = body.U16();
        return (Convert.ToHexString(body.Take((bits + 7) / 8)), bits);
    }

    private static ulong ReadValue(ReadOnlySpan<byte> bytes, TvField field)
    {
        if (bytes.Length > sizeof(ulong))
            throw new LlrpFormatException($"A tag report holds a second EPC ({(int)field}).");

        ulong value = 0;
        foreach (var octet in bytes)
            value = (value << 8) | octet;
        return value;
    }

    private static void WriteEpc(FieldWriter writer, TagReport report)
    {
        var bytes = Convert.FromHexString(report.Epc);
        if (report.EpcBits is not { } bits)
        {
            writer.U8(TvFieldExtensions.Marker | (int)TvField.Epc96);
            writer.Bytes(bytes);
            return;
        }

        var start = writer.BeginParameter(EpcData);
        writer.U16(bits);
        writer.Bytes(bytes);
        writer.EndParameter(start);
    }

    private static void WriteValue(FieldWriter writer, TvField field, ulong value)
    {
        writer.U8(TvFieldExtensions.Marker | (int)field);
        for (var shift = (field.ValueBytes() - 1) * 8; shift >= 0; shift -= 8)
            writer.U8((int)(value >> shift) & 0xFF);
    }
}
