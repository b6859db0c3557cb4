using System.Text.Json.Nodes;
using BayEdge.Central.Conformance;
using BayEdge.Central.Export;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests.Conformance;

/// <summary>The test of consumers, held against one that keeps the rules and one that does not.</summary>
[Collection(Postgres.Name)]
public sealed class ConformanceSessionTests(Postgres postgres) : IDisposable
{
    private static readonly string[] AllRules =
    [
        "acknowledges", "acknowledges-again", "waits-for-gap", "fills-gap", "any-order", "second-thoughts", "strange-content", "replay",
        "new-epoch-begins-at-1", "new-epoch", "late-beginning", "ack-form", "never-beyond", "ack-not-retained", "visits",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Our_own_consumer_keeps_every_rule(bool withPostgres)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ledger = withPostgres ? await postgres.Server.CreateDatabaseAsync(cancellation) : _folder.File("ledger.db");
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, ledger);

        var (exitCode, rules, error) = await RunAsync(broker, () => Export(ledger), cancellation);

        Assert.Equal(AllRules.Select(rule => $"{rule}: kept"), rules);
        Assert.Equal(0, exitCode);
        Assert.Empty(consumer.Listener.Problems);
        Assert.StartsWith("Everything is sent. Export the visits of pi-77 and pi-77-late to ", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_run_after_another_finds_the_same()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation, _folder.File("ledger.db"));
        await RunAsync(broker, () => Export(_folder.File("ledger.db")), cancellation);

        var (exitCode, rules, _) = await RunAsync(broker, () => Export(_folder.File("ledger.db")), cancellation);

        Assert.Equal(AllRules.Select(rule => $"{rule}: kept"), rules);
        Assert.Equal(0, exitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_careless_consumer_is_told_each_rule_that_it_breaks()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await CarelessConsumer.StartAsync(broker.Port, cancellation);

        var (exitCode, rules, _) = await RunAsync(broker, () => consumer.Export(_folder.File("visits.json")), cancellation);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            ["waits-for-gap", "never-beyond", "new-epoch-begins-at-1", "late-beginning", "ack-not-retained", "visits"],
            rules.Where(rule => rule.EndsWith(": BROKEN", StringComparison.Ordinal)).Select(rule => rule[..^8])
                .OrderBy(rule => Array.IndexOf(["waits-for-gap", "never-beyond", "new-epoch-begins-at-1", "late-beginning", "ack-not-retained", "visits"], rule)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_consumer_that_is_not_there_is_said_to_acknowledge_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);

        var (exitCode, rules, _) = await RunAsync(broker, () => { }, cancellation, options => options with { AnswerLimit = TimeSpan.FromSeconds(1) });

        Assert.Equal(1, exitCode);
        Assert.Equal(["acknowledges: BROKEN"], rules);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_speaks_in_sentences_unless_asked_for_json()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);
        using var output = new StringWriter();

        var exitCode = await new ConformanceSession(Options(broker) with { VisitsPath = null, Json = false }, output, TextWriter.Null, TimeProvider.System)
            .RunAsync(cancellation);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("kept        It acknowledges events that come in order.", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("not tested  Its visits were not compared", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("14 rules kept, 0 broken, 1 not tested\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_that_exists_is_not_played()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var device = await TestDevice.ConnectAsync(broker.Port, WorkshopDay.Of(1), cancellation);
        await device.PublishStatusAsync(firstUnconfirmed: null, cancellation);
        using var error = new StringWriter();

        var exitCode = await new ConformanceSession(
            Options(broker) with { Site = "sh-01", Device = "pi-01" }, TextWriter.Null, error, TimeProvider.System).RunAsync(cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("is a device of sh-01 already; name one with --device that does not exist", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broker", "sh-01", "pi-01", "expected a broker URL such as")]
    [InlineData("mqtt://127.0.0.1", "sh/01", "pi-01", "but found 'sh/01'")]
    public async Task Wrong_usage_is_said_and_ends_with_2(string broker, string site, string device, string expected)
    {
        using var error = new StringWriter();
        var session = new ConformanceSession(
            new ConformanceOptions { Broker = broker, Site = site, Device = device }, TextWriter.Null, error, TimeProvider.System);

        Assert.Equal(2, await session.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    private void Export(string ledger) => new LedgerExport(
        new LedgerExportOptions
        {
            Ledger = ledger, Content = LedgerContent.Visits, Format = ExportFormat.Json, OutputPath = _folder.File("visits.json"),
        },
        TextWriter.Null, TextWriter.Null, TimeProvider.System).Run();

    private ConformanceOptions Options(MosquittoBroker broker) => new()
    {
        Broker = broker.Url,
        Site = "sh-01",
        Device = "pi-77",
        VisitsPath = _folder.File("visits.json"),
        VisitsLimit = TimeSpan.FromSeconds(3),
        AnswerLimit = TimeSpan.FromSeconds(5),
        Quiet = TimeSpan.FromMilliseconds(300),
        Resend = TimeSpan.FromSeconds(1),
        Json = true,
    };

    /// <param name="export">Writes the visits when the session asks for them.</param>
    private async Task<(int ExitCode, List<string> Rules, string Error)> RunAsync(
        MosquittoBroker broker, Action export, CancellationToken cancellation, Func<ConformanceOptions, ConformanceOptions>? change = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var asking = TextWriter.Synchronized(error);
        var options = Options(broker);
        var run = new ConformanceSession(change?.Invoke(options) ?? options, output, asking, TimeProvider.System).RunAsync(cancellation);
        while (!run.IsCompleted && !error.ToString().Contains("Export the visits", StringComparison.Ordinal))
            await Task.Delay(20, cancellation);
        export();
        var exitCode = await run;
        var rules = JsonNode.Parse(output.ToString())!["rules"]!.AsArray().Select(rule => $"{rule!["rule"]}: {rule["verdict"]}").ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(output.ToString());
        return (exitCode, rules, error.ToString());
    }
}
