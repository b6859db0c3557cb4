using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.R200;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Discovery;

/// <summary>Looks for reader modules on the serial adapters of this computer, when asked to.</summary>
/// <remarks>
/// Each protocol's probe is tried in turn, one port after the other; it asks a module who it is and stops a reading that goes on, and
/// changes nothing else. What else may hang at an adapter gets some bytes that it does not know.
/// </remarks>
public sealed class SerialReaders
{
    private readonly string _namesThatLast;
    private readonly ImmutableArray<ISourceDriver> _drivers;

    public SerialReaders(TimeProvider time)
        : this(time, new SerialPorts(time), SerialPorts.UsualNamesThatLast)
    {
    }

    internal SerialReaders(TimeProvider time, ISerialPorts ports, string namesThatLast)
    {
        _namesThatLast = namesThatLast;
        _drivers = [new R200Driver(time, ports), new MercuryDriver(time, ports), new ChafonDriver(time, ports)];
    }

    /// <summary>The adapters by the names that they keep.</summary>
    public IReadOnlyList<string> Ports() =>
        Directory.Exists(_namesThatLast) ? [.. Directory.GetFiles(_namesThatLast).Order(StringComparer.Ordinal)] : [];

    /// <returns>Who answered; null when nobody did, or the port is in use.</returns>
    public async Task<FoundReader?> FindAsync(string port, CancellationToken cancellationToken)
    {
        foreach (var driver in _drivers)
        {
            var configuration = new ReaderConfiguration("found", driver.Descriptor.Id, Discovering.Settings(driver, (SerialFields.PortKey, port)), []);
            if (await driver.ProbeAsync(configuration, cancellationToken) is { Answered: true } report)
                return new FoundReader(driver.Descriptor.Id, [(SerialFields.PortKey, port)], report);
        }

        return null;
    }
}
