using System.Globalization;

namespace BayEdge.Core.Drivers;

/// <summary>A device's network address.</summary>
/// <param name="Host">A name or an address, IPv6 without brackets.</param>
public sealed record HostAndPort(string Host, int Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[ipv6]:port</c>.</summary>
    public static bool TryParse(string text, int defaultPort, out HostAndPort? address)
    {
        address = null;
        var split = text.StartsWith('[') ? text.IndexOf("]:", StringComparison.Ordinal) + 1 : text.IndexOf(':', StringComparison.Ordinal);
        var (host, port) = split > 0 ? (text[..split], text[(split + 1)..]) : (text, defaultPort.ToString(CultureInfo.InvariantCulture));
        host = host.Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown
            || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > 65535)
        {
            return false;
        }

        address = new HostAndPort(host, number);
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
