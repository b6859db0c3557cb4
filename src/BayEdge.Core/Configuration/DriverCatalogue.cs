using System.Collections.Immutable;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Configuration;

/// <summary>The drivers that a configuration may name.</summary>
public sealed class DriverCatalogue(IEnumerable<ISourceDriver> drivers)
{
    private readonly ImmutableSortedDictionary<string, ISourceDriver> _drivers =
        drivers.ToImmutableSortedDictionary(driver => driver.Descriptor.Id, driver => driver, StringComparer.Ordinal);

    public ISourceDriver? Find(SourceKind kind, string id) =>
        _drivers.TryGetValue(id, out var driver) && driver.Descriptor.Kind == kind ? driver : null;

    /// <summary>The driver of a source that was validated against this catalogue.</summary>
    public ISourceDriver DriverOf(SourceConfiguration source) => _drivers[source.Driver];

    public IEnumerable<string> Ids(SourceKind kind) =>
        _drivers.Values.Where(driver => driver.Descriptor.Kind == kind).Select(driver => driver.Descriptor.Id);
}
