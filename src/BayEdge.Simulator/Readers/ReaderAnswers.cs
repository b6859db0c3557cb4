using static BayEdge.Simulator.Readers.Wire;

namespace BayEdge.Simulator.Readers;

/// <summary>The messages of a reader, as bytes.</summary>
internal static class ReaderAnswers
{
    private const int UtcTimestamp = 128;
    private const int Gen2 = 1;
    private const int China = 156;

    /// <summary>10 to 30 dBm in steps of 1 dB.</summary>
    private const int PowerLevels = 21;

    public static byte[] Greeting(ulong utcMicroseconds, int connectionStatus) =>
        Message(MessageTypes.ReaderEventNotification, 0, Tlv(246, Tlv(UtcTimestamp, U64(utcMicroseconds)), Tlv(256, U16(connectionStatus))));

    public static byte[] KeepAlive(uint id) => Message(MessageTypes.KeepAlive, id);

    public static byte[] Report(uint id, IEnumerable<byte[]> tags) => Message(MessageTypes.RoAccessReport, id, Join(tags));

    public static byte[] Status(int messageType, uint id, int code = 0, string text = "") => Message(messageType, id, StatusParameter(code, text));

    /// <summary>One TagReportData with what the client's selector asks for.</summary>
    /// <param name="content">The sixteen flags of TagReportContentSelector.</param>
    public static byte[] Tag(SimulatedRead read, int content, uint roSpecId, ulong lastSeenUtcMicroseconds)
    {
        List<byte[]> parts = [Epc(Convert.FromHexString(read.Epc))];
        Add(15, 9, U32(roSpecId));
        Add(14, 14, U16(1));
        Add(13, 10, U16(1));
        Add(12, 1, U16(read.Antenna));
        Add(10, 6, U8((sbyte)Math.Clamp(Math.Round(read.RssiDbm), sbyte.MinValue, sbyte.MaxValue)));
        Add(11, 7, U16(1));
        Add(9, 2, U64(lastSeenUtcMicroseconds));
        Add(8, 4, U64(lastSeenUtcMicroseconds));
        Add(7, 8, U16(Math.Min(read.Count, ushort.MaxValue)));
        Add(6, 16, U32(0));
        return Tlv(240, [.. parts]);

        void Add(int flag, int type, byte[] value)
        {
            if ((content & (1 << flag)) != 0)
                parts.Add(Tv(type, value));
        }
    }

    public static byte[] Capabilities(uint id, SimulatedReaderOptions options) =>
        Message(MessageTypes.AnswerTo(MessageTypes.GetReaderCapabilities), id, StatusParameter(0, ""), Device(options), Limits(), Regulations(), Tlv(327, U8(0), U16(2)));

    public static byte[] Configuration(uint id, SimulatedReaderOptions options, uint keepAliveMs)
    {
        var ports = Enumerable.Range(1, options.AntennaPorts).ToList();
        var properties = ports.Select(port => Tlv(221, U8(0x80), U16(port), U16(600)));
        var settings = ports.Select(port => Tlv(222, U16(port), Tlv(223, U16(1)), Tlv(224, U16(1), U16(0), U16(PowerLevels))));
        var keepAlive = Tlv(220, U8(keepAliveMs > 0 ? 1 : 0), U32(keepAliveMs));
        return Message(MessageTypes.AnswerTo(MessageTypes.GetReaderConfig), id, [StatusParameter(0, ""), .. properties, .. settings, keepAlive, Tlv(226, U8(0))]);
    }

    private static byte[] StatusParameter(int code, string text) => Tlv(287, U16(code), Utf8(text));

    private static byte[] Epc(byte[] epc) => epc.Length == 12 ? Tv(13, epc) : Tlv(241, U16(epc.Length * 8), epc);

    private static byte[] Device(SimulatedReaderOptions options)
    {
        const int hasUtcClock = 0x4000;
        var airProtocols = Enumerable.Range(1, options.AntennaPorts).Select(port => Tlv(140, U16(port), U16(1), U8(Gen2)));
        return Tlv(137,
        [
            U16(options.AntennaPorts), U16(hasUtcClock), U32(options.Manufacturer), U32(options.Model), Utf8(options.Firmware),
            Tlv(139, U16(1), U16(0)), Tlv(141, U16(4), U16(4)), .. airProtocols,
        ]);
    }

    private static byte[] Limits() => Tlv(142, U8(0), U8(0), U16(0), U32(1), U32(1), U32(1), U32(0), U32(0));

    private static byte[] Regulations()
    {
        var powers = Enumerable.Range(1, PowerLevels).Select(index => Tlv(145, U16(index), U16((9 + index) * 100)));
        var channels = Enumerable.Range(0, 16).Select(n => U32((uint)(920_625 + (250 * n)))).ToArray();
        var hopping = Tlv(146, U8(0x80), Tlv(147, [U8(1), U8(0), U16(channels.Length), .. channels]));
        var mode = Tlv(328, Tlv(329, U32(1), U8(0x80), U8(2), U8(2), U8(2), U32(160_000), U32(1500), U32(12_500), U32(12_500), U32(0)));
        return Tlv(143, U16(China), U16(0), Tlv(144, [.. powers, hopping, mode]));
    }

    /// <summary>Microseconds since 1970, as readers count.</summary>
    public static ulong Microseconds(DateTimeOffset time) =>
        ulong.CreateChecked((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
