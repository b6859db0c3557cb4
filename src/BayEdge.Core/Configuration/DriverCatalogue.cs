using System.Collections.Immutable;
using BayEdge.Core.Drivers;

namespace BayEdge.Core.Configuration;

/// <summary>The drivers that a configuration may name. One name may serve readers, cameras and contacts, with a driver for each.</summary>
public sealed class DriverCatalogue(IEnumerable<ISourceDriver> drivers)
{
    private readonly ImmutableArray<ISourceDriver> _drivers = [.. drivers.OrderBy(driver => driver.Descriptor.Id, StringComparer.Ordinal)];

    public IReadOnlyList<ISourceDriver> All => _drivers;

    public ISourceDriver? Find(SourceKind kind, string id) =>
        _drivers.SingleOrDefault(driver => driver.Descriptor.Kind == kind && driver.Descriptor.Id == id);

    /// <summary>The driver of a source that was validated against this catalogue.</summary>
    public ISourceDriver DriverOf(SourceConfiguration source) => Find(KindOf(source), source.Driver)
        ?? throw new ArgumentException($"There is no driver '{source.Driver}' for {source.Id}.", nameof(source));

    public IEnumerable<string> Ids(SourceKind kind) =>
        _drivers.Where(driver => driver.Descriptor.Kind == kind).Select(driver => driver.Descriptor.Id);

    private static SourceKind KindOf(SourceConfiguration source) => source switch
    {
        ReaderConfiguration => SourceKind.Reader,
        CameraConfiguration => SourceKind.Camera,
        _ => SourceKind.Presence,
    };
}
