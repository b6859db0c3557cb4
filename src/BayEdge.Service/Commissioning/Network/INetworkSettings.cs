using System.Collections.Immutable;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Commissioning.Network;

/// <summary>Whoever manages the device's address.</summary>
internal interface INetworkSettings
{
    /// <summary>How the address is obtained at present; null where nobody here manages it.</summary>
    /// <exception cref="NetworkFaultException">The manager does not answer as it should.</exception>
    Task<AddressSettings?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Obtains the address in another way from now on, and after every start.</summary>
    /// <exception cref="NetworkFaultException">The manager refuses, for example because another computer has the address.</exception>
    Task ApplyAsync(AddressSettings settings, CancellationToken cancellationToken);
}

/// <param name="Automatic">Whether the network gives the address (DHCP); then the rest is empty.</param>
/// <param name="Address">With its prefix, such as <c>192.0.2.7/24</c>.</param>
internal sealed record AddressSettings(bool Automatic, string? Address, string? Gateway, ImmutableArray<string> NameServers)
{
    public bool Equals(AddressSettings? other) =>
        other is not null && (Automatic, Address, Gateway) == (other.Automatic, other.Address, other.Gateway) && NameServers.SequenceEqual(other.NameServers);

    public override int GetHashCode() => HashCode.Combine(Automatic, Address, Gateway);
}

/// <summary>The network cannot be changed; the message is a sentence.</summary>
internal sealed class NetworkFaultException(Wording message, Exception? cause = null) : Exception(message.Text, cause)
{
    public Phrase Says { get; } = message.Phrase;
}
