using static BayEdge.Simulator.Readers.Wire;

namespace BayEdge.Simulator.Readers;

/// <summary>The messages of a reader, as bytes.</summary>
internal static class ReaderAnswers
{
    private const int UtcTimestamp = 128;
    private const int Gen2 = 1;
    private const int China = 156;

    /// <summary>10 to 30 dBm in steps of 1 dB.</summary>
    public const int PowerLevels = 21;

    private const int DigitalPorts = 4;

    public static int DbmOf(int level) => 9 + level;

    public static byte[] Notification(ulong utcMicroseconds, byte[] happening) =>
        Message(MessageTypes.ReaderEventNotification, 0, Tlv(246, Tlv(UtcTimestamp, U64(utcMicroseconds)), happening));

    public static byte[] ConnectionAttempt(int status) => Tlv(256, U16(status));

    public static byte[] RoSpecEnded(uint roSpecId) => Tlv(249, U8(1), U32(roSpecId), U32(0));

    public static byte[] ReaderException(string text) => Tlv(252, Utf8(text));

    public static byte[] AntennaChange(int antenna, bool connected) => Tlv(255, U8(connected ? 1 : 0), U16(antenna));

    public static byte[] KeepAlive(uint id) => Message(MessageTypes.KeepAlive, id);

    public static byte[] Report(uint id, IEnumerable<byte[]> tags) => Message(MessageTypes.RoAccessReport, id, Join(tags));

    public static byte[] Status(int messageType, uint id, int code = 0, string text = "") => Message(messageType, id, StatusParameter(code, text));

    public static byte[] SupportedVersions(uint id, int current) =>
        Message(MessageTypes.AnswerTo(MessageTypes.GetSupportedVersion), id, U8(current), U8(Version11), StatusParameter(0, ""));

    public static byte[] Capabilities(uint id, SimulatedReaderOptions options) =>
        Message(MessageTypes.AnswerTo(MessageTypes.GetReaderCapabilities), id, StatusParameter(0, ""), Device(options), Limits(), Regulations(options), Tlv(327, U8(0), U16(2)));

    public static byte[] Configuration(uint id, SimulatedReaderOptions options, HeldSettings held, IReadOnlySet<int> unplugged)
    {
        var ports = Enumerable.Range(1, options.AntennaPorts).ToList();
        var properties = ports.Select(port => Tlv(221, U8(unplugged.Contains(port) ? 0 : 0x80), U16(port), U16(600)));
        var settings = ports.Select(port => Tlv(222, U16(port), Tlv(223, U16(1)), Tlv(224, U16(1), U16(0), U16(options.StrongestLevel))));
        var inputs = Enumerable.Range(1, DigitalPorts).Select(port => Tlv(225, U16(port), U8(0x80), U8(options.HighInputs.Contains(port) ? 1 : 0)));
        var outputs = options.TellsOutputs ? Enumerable.Range(1, DigitalPorts).Select(port => Tlv(219, U16(port), U8(held.Outputs.Contains(port) ? 0x80 : 0))) : [];
        var keepAlive = Tlv(220, U8(held.KeepAliveMs > 0 ? 1 : 0), U32(held.KeepAliveMs));
        return Message(MessageTypes.AnswerTo(MessageTypes.GetReaderConfig), id, [StatusParameter(0, ""), .. properties, .. settings, keepAlive, .. inputs, .. outputs, Tlv(226, U8(0))]);
    }

    public static byte[] Orders(uint id, IEnumerable<ReadOrder> orders) =>
        Message(MessageTypes.AnswerTo(MessageTypes.GetRoSpecs), id, [StatusParameter(0, ""), .. orders.Select(order => order.Written)]);

    private static byte[] StatusParameter(int code, string text) => Tlv(287, U16(code), Utf8(text));

    private static byte[] Device(SimulatedReaderOptions options)
    {
        const int hasUtcClock = 0x4000;
        var airProtocols = Enumerable.Range(1, options.AntennaPorts).Select(port => Tlv(140, U16(port), U16(1), U8(Gen2)));
        return Tlv(137,
        [
            U16(options.AntennaPorts), U16(hasUtcClock), U32(options.Manufacturer), U32(options.Model), Utf8(options.Firmware),
            Tlv(139, U16(1), U16(0)), Tlv(141, U16(DigitalPorts), U16(DigitalPorts)), .. airProtocols,
        ]);
    }

    private static byte[] Limits() => Tlv(142, U8(0), U8(0), U16(0), U32(1), U32(1), U32(1), U32(0), U32(0));

    private static byte[] Regulations(SimulatedReaderOptions options)
    {
        var powers = Enumerable.Range(1, PowerLevels).Select(index => Tlv(145, U16(index), U16(DbmOf(index) * 100)));
        var channels = options.Carriers.Select(khz => U32((uint)khz)).ToArray();
        var hopping = Tlv(146, U8(0x80), Tlv(147, [U8(1), U8(0), U16(channels.Length), .. channels]));
        var mode = Tlv(328, Tlv(329, U32(1), U8(0x80), U8(2), U8(2), U8(2), U32(160_000), U32(1500), U32(12_500), U32(12_500), U32(0)));
        return Tlv(143, U16(China), U16(0), Tlv(144, [.. powers, hopping, mode]));
    }

    /// <summary>Microseconds since 1970, as readers count.</summary>
    public static ulong Microseconds(DateTimeOffset time) =>
        ulong.CreateChecked((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
