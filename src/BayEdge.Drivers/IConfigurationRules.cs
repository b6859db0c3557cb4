using System.Net;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>A driver that sees in a configuration, before any device is asked, what cannot be.</summary>
public interface IConfigurationRules
{
    /// <summary>What the source would be refused for in any case, in the same words; null when only the device can tell.</summary>
    /// <param name="configuration">Already validated against the driver's descriptor.</param>
    DeviceFaultException? FaultIn(SourceConfiguration configuration);

    /// <summary>What the source needs for itself alone; null when others may use it, too.</summary>
    /// <inheritdoc cref="FaultIn"/>
    OwnedDevice? DeviceOf(SourceConfiguration configuration);
}

/// <param name="Setting">Where the configuration names it.</param>
/// <param name="Name">The same for every source that would use it, however its setting is written.</param>
public sealed record OwnedDevice(string Setting, string Name)
{
    /// <summary>Null, or the host of a device that drivers of several kinds reach, each at a port of its own.</summary>
    public string? Host { get; private init; }

    /// <summary>A reader in the network. Behind a loopback address stand tunnels and simulated readers, which its port tells apart.</summary>
    internal static OwnedDevice At(string setting, HostAndPort address) => new(setting, address.ToString())
    {
        Host = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)) ? null : address.Host,
    };
}
