using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Discovery;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Commissioning;

/// <summary>Finds readers, and asks a reader or camera who it is before it is kept.</summary>
internal sealed class SourceTrials(CommissioningKeeper keeper, ConfigurationKeeper configurations, DriverSet drivers, PageHostOptions options, IHostApplicationLifetime lifetime)
{
    private readonly Lock _lock = new();
    private ImmutableArray<FoundReader> _found = [];
    private bool _scanning;

    public (bool Scanning, ImmutableArray<FoundReader> Found) Scan
    {
        get
        {
            lock (_lock)
                return (_scanning, _found);
        }
    }

    /// <summary>Looks for readers once, in this computer's own networks and at its serial adapters.</summary>
    public void BeginScan()
    {
        lock (_lock)
        {
            if (_scanning)
                return;
            (_scanning, _found) = (true, []);
        }

        keeper.Announce();
        _ = ScanAsync(lifetime.ApplicationStopping);
    }

    /// <summary>Asks the device that a source would name.</summary>
    /// <param name="section"><c>readers</c> or <c>cameras</c>.</param>
    public async Task<(ProbeReport? Report, ImmutableArray<Problem> Problems)> ProbeAsync(string section, JsonObject source, CancellationToken cancellationToken)
    {
        var current = configurations.Current;
        var document = SetupDocument.Of(configurations.Show());
        document.Source(section, source);
        var (proposed, secrets, hidden) = SecretMask.Take(JsonNode.Parse(document.Text)!.AsObject(), current.Document, current.Secrets, drivers.Catalogue);
        if (!hidden.IsEmpty)
            return (null, hidden);
        var read = ConfigurationCheck.Read(proposed.ToJsonString(), drivers.Catalogue, secrets);
        if (read.Configuration?.Sources.FirstOrDefault(known => known.Id == source["id"]?.ToString()) is not { } configured)
            return (null, read.Problems);
        return (await drivers.Catalogue.DriverOf(configured).ProbeAsync(configured, cancellationToken), []);
    }

    private async Task ScanAsync(CancellationToken stopping)
    {
        try
        {
            var network = new NetworkReaders(options.NetworkClock);
            foreach (var subnet in LocalSubnet.All())
                Add(await network.FindAsync(subnet.Others(), stopping));
            var serial = new SerialReaders(options.NetworkClock);
            foreach (var port in serial.Ports())
            {
                if (await serial.FindAsync(port, stopping) is { } reader)
                    Add([reader]);
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
        finally
        {
            lock (_lock)
                _scanning = false;
            keeper.Announce();
        }
    }

    private void Add(IReadOnlyList<FoundReader> found)
    {
        lock (_lock)
            _found = [.. _found, .. found];
        keeper.Announce();
    }
}
