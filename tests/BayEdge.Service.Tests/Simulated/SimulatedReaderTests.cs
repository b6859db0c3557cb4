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

    public void Dispose() => _drivers.Dispose();

    /// <summary>A source that ends by itself has failed.</summary>
    private static async Task<Sighting> FailAsync(Task running)
    {
        await running;
        throw new InvalidOperationException("The source ended.");
    }

    /// <summary>With the defaults, and anything where a setting is needed.</summary>
    private ReaderConfiguration Configuration(string id)
    {
        var fields = _drivers.Catalogue.Find(SourceKind.Reader, id)!.Descriptor.Fields;
        var values = fields.Where(field => field.Key != "simulated")
            .Select(field => (field.Key, Value: field.Default ?? (field.Required ? "none" : null)))
            .Where(setting => setting.Value is not null)
            .Select(setting => (setting.Key, setting.Value!))
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
