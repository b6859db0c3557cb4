using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary><c>bayedge listen --ack</c>, the reference consumer, with a ledger of its own.</summary>
internal sealed class ListeningCentral : IAsyncDisposable
{
    private const string EventLine = """{"event":""";
    private const string SummaryLine = """{"summary":""";

    private readonly TemporaryFolder _folder = new();
    private readonly ToolProcess _process;

    private ListeningCentral(MosquittoBroker broker) =>
        _process = Executable.Start("listen", "--broker", broker.Url, "--ack", "--json", "--ledger", _folder.File("ledger.db"));

    /// <summary>Every event, in the order of its arrival.</summary>
    public IReadOnlyList<CloudEvent<VisitData>> Events =>
    [
        .. _process.Output.Split('\n')
            .Where(line => line.StartsWith(EventLine, StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize(line[EventLine.Length..line.LastIndexOf('}')], ContractsJson.Wire.CloudEventVisitData)!),
    ];

    public static async Task<ListeningCentral> StartAsync(MosquittoBroker broker)
    {
        var central = new ListeningCentral(broker);
        await central._process.WaitForLineAsync(line => line.StartsWith("connected to", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return central;
    }

    /// <summary>Waits for the first event of a type.</summary>
    public async Task<CloudEvent<VisitData>> WaitForAsync(string type)
    {
        await Wait.UntilAsync(() => Events.Any(e => e.Type == type), $"an event {type}", () => _process.Output);
        return Events.First(e => e.Type == type);
    }

    /// <summary>Stops listening.</summary>
    /// <returns>The exit code, and what the summary counts.</returns>
    public async Task<(int ExitCode, JsonElement Summary)> StopAsync()
    {
        _process.Signal("TERM");
        var exitCode = await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var line = _process.Output.Split('\n').Single(line => line.StartsWith(SummaryLine, StringComparison.Ordinal));
        return (exitCode, JsonDocument.Parse(line).RootElement.GetProperty("summary"));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
