using static BayEdge.Simulator.Readers.Wire;

namespace BayEdge.Simulator.Readers;

/// <summary>The few extensions of Impinj that the simulated reader knows, where it plays a reader of theirs.</summary>
internal static class Impinj
{
    public const uint Vendor = 25882;

    private const int CustomParameter = 1023;

    public static bool IsEnableExtensions(byte[] customMessageBody) =>
        customMessageBody.Length == 9 && ReadU32(customMessageBody) == Vendor && customMessageBody[4] == 21;

    public static byte[] ExtensionsEnabled(uint id) => Message(MessageTypes.Custom, id, U32(Vendor), U8(22), Tlv(287, U16(0), Utf8("")));

    /// <summary>Whether a selector for the content of reports switches something on.</summary>
    /// <param name="parameters">Those beside the specification's own selector.</param>
    /// <param name="subtype">53 for strength in hundredths of a dBm, 51 for the serial number.</param>
    public static bool Asks(byte[] parameters, uint subtype) =>
        Find(parameters, 50) is { } selector && Find(selector, subtype) is [0, 1];

    public static byte[] PeakRssi(double dBm) => Custom(57, U16((int)Math.Round(dBm * 100) & 0xFFFF));

    public static byte[] SerializedTid(byte[] tid) => Custom(55, U16(tid.Length / 2), tid);

    private static byte[] Custom(uint subtype, params byte[][] parts) => Tlv(CustomParameter, [U32(Vendor), U32(subtype), .. parts]);

    private static byte[]? Find(byte[] parameters, uint subtype) => FindAll(parameters, CustomParameter)
        .Where(body => body.Length >= 8 && ReadU32(body) == Vendor && ReadU32(body.AsSpan(4)) == subtype)
        .Select(body => body[8..])
        .FirstOrDefault();
}
