using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace BayEdge.Drivers.Discovery;

/// <summary>The addresses of one network that this computer is part of; nothing beyond it is ever asked.</summary>
/// <param name="Own">This computer's address in it.</param>
/// <param name="PrefixLength">How many bits of it name the network.</param>
public sealed record LocalSubnet(IPAddress Own, int PrefixLength)
{
    /// <summary>1,022 addresses. Of a larger network only the part around this computer is looked at.</summary>
    private const int ShortestPrefix = 22;

    /// <summary>The IPv4 networks of the cards that are up; loopback is none.</summary>
    public static IReadOnlyList<LocalSubnet> All() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork && address.PrefixLength < 32)
            .Select(address => new LocalSubnet(address.Address, Math.Max(address.PrefixLength, ShortestPrefix)))
            .Distinct(),
    ];

    /// <summary>Every address but this computer's, the network's and the one that means all.</summary>
    public IEnumerable<IPAddress> Others()
    {
        var own = BinaryPrimitives.ReadUInt32BigEndian(Own.GetAddressBytes());
        var size = 1u << (32 - PrefixLength);
        var network = BinaryPrimitives.ReadUInt32BigEndian(NetworkAddress().GetAddressBytes());
        var bytes = new byte[4];
        for (var host = 1u; host < size - 1; host++)
        {
            if (network + host == own)
                continue;
            BinaryPrimitives.WriteUInt32BigEndian(bytes, network + host);
            yield return new IPAddress(bytes);
        }
    }

    /// <summary>Whether an address belongs to the network.</summary>
    public bool Holds(IPAddress address) => new IPNetwork(NetworkAddress(), PrefixLength).Contains(address);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Own}/{PrefixLength}");

    private IPAddress NetworkAddress()
    {
        var bytes = Own.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) & ~((1u << (32 - PrefixLength)) - 1));
        return new IPAddress(bytes);
    }
}
