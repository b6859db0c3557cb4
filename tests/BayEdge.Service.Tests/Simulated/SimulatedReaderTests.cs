using System.Threading.Channels;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Service.Hosting;
using BayEdge.Simulator.Readers.Selectable;

namespace BayEdge.Service.Tests.Simulated;

public sealed class SimulatedReaderTests : IDisposable
{
    private readonly DriverSet _drivers = new(TimeProvider.System);

    public static TheoryData<string> Drivers => new(SelectableReaders.Drivers);

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Drivers))]
    public async Task A_simulated_reader_of_every_protocol_reads_through_the_protocols_own_driver(string id)
    {
        var reader = Configuration(id);
        var sink = new FirstSighting();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = _drivers.Catalogue.DriverOf(reader).Create(reader).RunAsync(sink, end.Token);
        var first = await await Task.WhenAny(sink.Task, FailAsync(running));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        var tag = Assert.IsType<TagSighting>(first);
        Assert.Equal(("reader-1", 1, VisitingTags.At("reader-1", 1, TimeSpan.Zero)), (tag.Source, tag.Antenna, tag.Tag));
        Assert.True(sink.IsReady);
    }

    [Fact]
    public void Every_reader_of_this_build_may_be_simulated() =>
        Assert.Equal(_drivers.Catalogue.Ids(SourceKind.Reader).Order(StringComparer.Ordinal), SelectableReaders.Drivers.Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_probe_of_a_simulated_reader_asks_no_real_one()
    {
        var reader = Configuration("llrp");

        var report = await _drivers.Catalogue.DriverOf(reader).ProbeAsync(reader, TestContext.Current.CancellationToken);

        Assert.StartsWith("A simulated reader in this computer, no real one: ", report.Summary, StringComparison.Ordinal);
        Assert.True(report.Answered, report.Summary);
        Assert.Equal((1, VisitingTags.At("reader-1", 1, TimeSpan.Zero)), report.Heard is [var heard, ..] ? (heard.Antenna, heard.Tag) : default);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("llrp")]
    [InlineData("impinj-iot")]
    [InlineData("r200")]
    [InlineData("mercury")]
    [InlineData("chafon")]
    [InlineData("zebra-iot")]
    public async Task A_probe_of_a_simulated_reader_holds_region_and_power_against_the_rules_as_that_of_a_real_one(string id)
    {
        var management = id == "zebra-iot" ? new[] { ("readerAddress", "none"), ("readerPassword", "s3cret"), ("listen", "127.0.0.1:1"), ("token", "t") } : [];
        var lawful = Configuration(id, [("region", "eu"), ("powerDbm", "20"), .. management]);
        var strong = Configuration(id, [("region", "eu"), ("powerDbm", "21"), ("antennaGainDbi", "15"), .. management]);

        var taken = await _drivers.Catalogue.DriverOf(lawful).ProbeAsync(lawful, TestContext.Current.CancellationToken);
        var refused = await _drivers.Catalogue.DriverOf(strong).ProbeAsync(strong, TestContext.Current.CancellationToken);

        Assert.True(taken.Answered, taken.Summary);
        Assert.False(refused.Answered);
        Assert.EndsWith("but Europe 865-868 MHz allows 20.15 dBm with an antenna of 15 dBi. Lower powerDbm.", refused.Summary, StringComparison.Ordinal);
    }

    public void Dispose() => _drivers.Dispose();

    /// <summary>A source that ends by itself has failed.</summary>
    private static async Task<Sighting> FailAsync(Task running)
    {
        await running;
        throw new InvalidOperationException("The source ended.");
    }

    /// <summary>With the defaults, and anything where a setting is needed although it is simulated.</summary>
    private ReaderConfiguration Configuration(string id, params (string Key, string Value)[] settings)
    {
        var fields = _drivers.Catalogue.Find(SourceKind.Reader, id)!.Descriptor.Fields;
        var values = fields.Where(field => field.Key != "simulated")
            .Select(field => (field.Key, Value: field.Default ?? (field is { Required: true, RequiredUnless: null } ? "none" : null)))
            .Where(setting => setting.Value is not null)
            .Select(setting => (setting.Key, setting.Value!))
            .Where(setting => settings.All(given => given.Key != setting.Key))
            .Concat(settings)
            .Append(("simulated", "true"));
        return new ReaderConfiguration("reader-1", id, DriverSettings.Of([.. values]), [new AntennaConfiguration(1, "bay-01")]);
    }

    private sealed class FirstSighting : ISightingSink
    {
        private readonly Channel<Sighting> _sightings = Channel.CreateUnbounded<Sighting>();

        public bool IsReady { get; private set; }

        public Task<Sighting> Task => _sightings.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();

        public void Ready() => IsReady = true;

        public ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken) => _sightings.Writer.WriteAsync(sighting, cancellationToken);
    }
}
