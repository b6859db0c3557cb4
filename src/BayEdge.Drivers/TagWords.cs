using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>What came when the memory of a tag was read.</summary>
internal static class TagWords
{
    /// <returns>Upper-case hex, four digits a word.</returns>
    /// <exception cref="DeviceFaultException">There are more or fewer than were asked for.</exception>
    public static string HexOf(ReadOnlySpan<byte> data, string tag, int words) =>
        data.Length == words * sizeof(ushort) ? Convert.ToHexString(data) : throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The tag {tag} gave {data.Length} bytes where {words} words were asked for. Ask for fewer.");
}
