using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>How the memory of a tag is asked for, and what is said of what came.</summary>
internal static class TagWords
{
    /// <summary>The protocol control of a tag counts its identity in five bits (Gen2, section 6.3.2.1.2.2).</summary>
    private const int LongestTag = 31 * 4;

    /// <summary>Refuses what cannot be asked for before a conversation takes it up, which would end over it.</summary>
    /// <param name="ask">Has the reader asked.</param>
    /// <param name="lastWord">The last one that the reader's protocol can name.</param>
    public static Task<string> AskAsync(string tag, int firstWord, int words, Func<Task<string>> ask, int lastWord = ushort.MaxValue)
    {
        if (tag.Length is 0 or > LongestTag || tag.Length % 4 != 0 || !tag.All(char.IsAsciiHexDigit))
            return Refused($"'{tag}' is not the identity of a tag. Give its hex digits, four for each word.");
        if (firstWord < 0 || words < 1 || firstWord > lastWord || words > lastWord)
            return Refused($"{words} words from word {firstWord} on cannot be asked for. Ask for 1 to {lastWord}, from a word between 0 and {lastWord} on.");
        return ask();

        static Task<string> Refused(Wording says) => Task.FromException<string>(new DeviceFaultException(DeviceFaultKind.Refused, says));
    }

    /// <summary>Whether two texts are the same identity.</summary>
    public static bool AreSame(string tag, string? other) => tag.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <param name="device">Such as <c>reader at 192.0.2.5</c>.</param>
    public static DeviceFaultException NotFound(Wording device, string tag) => new(
        DeviceFaultKind.Refused, $"The {device} did not find the tag {tag}. Hold it before an antenna and try again.");

    /// <param name="device">Such as <c>reader at 192.0.2.5</c>.</param>
    /// <param name="why">As the end of a sentence.</param>
    public static DeviceFaultException NotRead(Wording device, string tag, Wording why) => new(
        DeviceFaultKind.Refused, $"The {device} could not read the memory of the tag {tag}: {why}.");

    /// <returns>Upper-case hex, four digits a word.</returns>
    /// <exception cref="DeviceFaultException">There are more or fewer than were asked for.</exception>
    public static string HexOf(ReadOnlySpan<byte> data, string tag, int words) =>
        data.Length == words * sizeof(ushort) ? Convert.ToHexString(data) : throw new DeviceFaultException(
            DeviceFaultKind.Refused, $"The tag {tag} gave {data.Length} bytes where {words} words were asked for. Ask for fewer.");
}
