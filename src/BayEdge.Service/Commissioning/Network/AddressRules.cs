using System.Net;
using System.Net.Sockets;
using BayEdge.Core.Configuration;

namespace BayEdge.Service.Commissioning.Network;

/// <summary>What an address must look like before it is tried.</summary>
internal static class AddressRules
{
    public static Problem? FaultOf(AddressSettings wanted)
    {
        if (wanted.Automatic)
            return null;
        if (wanted.Address?.Split('/') is not [var host, var prefix] || !IsAddress(host) || !int.TryParse(prefix, out var bits) || bits is < 8 or > 30)
            return new Problem("address", $"expected an address with its prefix such as 192.168.1.20/24, but found '{wanted.Address}'");
        if (wanted.Gateway is { } gateway && !(IsAddress(gateway) && IPNetwork.Parse($"{NetworkOf(host, bits)}/{bits}").Contains(IPAddress.Parse(gateway))))
            return new Problem("gateway", $"expected an address within the network of {wanted.Address}, but found '{gateway}'");
        return wanted.NameServers.FirstOrDefault(server => !IsAddress(server)) is { } wrong
            ? new Problem("nameServers", $"expected an address such as 192.168.1.1, but found '{wrong}'")
            : null;
    }

    // Four numbers: IPAddress.Parse would take "7" for 0.0.0.7.
    private static bool IsAddress(string text) =>
        text.Split('.').Length == 4 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork;

    private static IPAddress NetworkOf(string host, int bits)
    {
        var bytes = IPAddress.Parse(host).GetAddressBytes();
        var mask = uint.MaxValue << (32 - bits);
        for (var place = 0; place < bytes.Length; place++)
            bytes[place] &= (byte)(mask >> (8 * (bytes.Length - 1 - place)));
        return new IPAddress(bytes);
    }
}
