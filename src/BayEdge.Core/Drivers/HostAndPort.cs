using System.Globalization;

namespace BayEdge.Core.Drivers;

/// <summary>The value of a <see cref="FieldType.HostAndPort"/> setting: <c>host</c>, <c>host:port</c> or <c>[IPv6]:port</c>.</summary>
public sealed record HostAndPort(string Host, int Port)
{
    /// <summary>Reads the setting; on failure <paramref name="problem"/> says in a sentence what was expected.</summary>
    /// <param name="defaultPort">Taken when the text names none.</param>
    public static bool TryParse(string text, int defaultPort, out HostAndPort? address, out string? problem)
    {
        address = null;
        problem = $"expected an address such as 192.0.2.5 or 192.0.2.5:{defaultPort} (an IPv6 address in brackets), but found '{text}'";
        var (host, tail) = Split(text.Trim());
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return false;

        var port = defaultPort;
        if (tail.Length > 0 && !(tail[0] == ':' && int.TryParse(tail.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port)))
            return false;
        if (port is < 1 or > 65535)
            return false;

        address = new HostAndPort(host, port);
        problem = null;
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string Host, string Tail) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
            return (text[1..end], text[(end + 1)..]);

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[colon..]);
    }
}
