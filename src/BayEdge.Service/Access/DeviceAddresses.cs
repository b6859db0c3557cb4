using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace BayEdge.Service.Access;

/// <summary>Where this computer is reached by others.</summary>
internal static class DeviceAddresses
{
    /// <summary>IPv4 addresses, those of cables and radios; not the loopback.</summary>
    public static IReadOnlyList<IPAddress> Own() => [.. NetworkInterface.GetAllNetworkInterfaces()
        .Where(link => link.OperationalStatus == OperationalStatus.Up && link.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(link => link.GetIPProperties().UnicastAddresses)
        .Select(own => own.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork)
        .Distinct()];
}
