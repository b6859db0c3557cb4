using System.Globalization;
using System.Text.Json.Nodes;
using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Fleet;

/// <summary>Loads a broker and a consumer with many devices, and says whether anything was lost and how long it took.</summary>
public sealed class FleetSession(FleetOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    private const int LongestList = 10;

    /// <returns>0 when everything sent is acknowledged and in the ledger; 1 when not, or the broker refuses; 2 when the options are wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!BrokerAddress.TryParse(options.Broker, out var broker, out var problem))
            return error.Say(problem!, Outcome.WrongUsage);
        if (options.Devices < 1 || options.Sites < 1 || options.EventsPerSecond <= 0)
            return error.Say("expected at least one device, one site and more than 0 events a second", Outcome.WrongUsage);

        if (options is { ForeignConsumer: true, Ledger: not null })
            return error.Say("expected either a ledger of our own consumer or a foreign consumer, but found both", Outcome.WrongUsage);

        var folder = options.Ledger is null && !options.ForeignConsumer ? Directory.CreateTempSubdirectory("bayedge-fleet-") : null;
        try
        {
            return await RunAsync(broker!, options.Ledger ?? (folder is null ? null : Path.Combine(folder.FullName, "ledger.db")), cancellationToken);
        }
        catch (Exception fault) when (fault is BrokerFaultException or LedgerFaultException)
        {
            return error.Say(fault.Message, Outcome.FoundWrong);
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }

    /// <param name="ledgerAddress">Null when another consumer keeps one.</param>
    private async Task<int> RunAsync(BrokerAddress broker, string? ledgerAddress, CancellationToken cancellationToken)
    {
        var login = options.Login.WithPasswordOfEnvironment();
        using var ledger = ledgerAddress is null ? null : CentralLedger.Open(ledgerAddress);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listener = new Counter();
        var consumer = ledger is null ? Task.CompletedTask : new CentralConsumer(
            new CentralOptions { Broker = broker, Login = login }, ledger, listener, time).RunAsync(stop.Token);
        var session = new BrokerSession { Broker = broker, ClientId = "", Login = login, Filters = [] };
        var run = new FleetRun(options, session, time);
        try
        {
            var connected = await run.ConnectAsync(cancellationToken);
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{options.Devices} devices connected in {connected.TotalSeconds:0.0} s"));
            await run.SendAsync(cancellationToken);
            var memory = BrokerMemory();
            await stop.CancelAsync();
            await consumer;
            return Print(run, ledger is null ? [] : run.Differences(ledger), connected, listener.Duplicates, memory) ? Outcome.Done : Outcome.FoundWrong;
        }
        finally
        {
            await stop.CancelAsync();
            await run.ForgetAsync(CancellationToken.None);
        }
    }

    private bool Print(FleetRun run, IReadOnlyList<string> differences, TimeSpan connected, long duplicates, long? memory)
    {
        var figures = run.Figures;
        var (broker, acknowledged) = (figures.ToBroker, figures.ToAcknowledgement);
        foreach (var sentence in figures.Problems.Select(problem => $"{problem.Value} times: {problem.Key}").Concat(differences).Take(LongestList))
            error.WriteLine(sentence);
        if (options.Json)
        {
            output.WriteLine(new JsonObject
            {
                ["devices"] = options.Devices,
                ["sites"] = options.Sites,
                ["connectSeconds"] = connected.TotalSeconds,
                ["events"] = run.EventsSent,
                ["unacknowledged"] = run.Unacknowledged,
                ["differences"] = differences.Count,
                ["sentAgain"] = figures.EventsSentAgain,
                ["duplicatesDropped"] = duplicates,
                ["toBrokerMs"] = new JsonObject { ["median"] = broker.Median, ["p99"] = broker.P99 },
                ["toAcknowledgementMs"] = new JsonObject { ["median"] = acknowledged.Median, ["p99"] = acknowledged.P99 },
                ["brokerBytes"] = memory,
                ["ownBytes"] = Environment.WorkingSet,
            }.ToJsonString());
        }
        else
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {run.EventsSent} events of {options.Devices} devices on {options.Sites} sites, {options.EventsPerSecond:0.#} a second
                {run.Unacknowledged} not acknowledged, {differences.Count} differences in the ledger
                sent to taken by the broker: median {broker.Median:0.0} ms, 99 % {broker.P99:0.0} ms
                sent to acknowledged by the consumer: median {acknowledged.Median:0.0} ms, 99 % {acknowledged.P99:0.0} ms
                sent again {figures.EventsSentAgain}, duplicates dropped {duplicates}, broker refused {figures.Problems.Values.Sum()}
                memory: broker {Megabytes(memory)}, devices and consumer together {Megabytes(Environment.WorkingSet)}
                """));
        }

        return run.Unacknowledged == 0 && differences.Count == 0;
    }

    private static string Megabytes(long? bytes) =>
        bytes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1e6:0} MB") : "unknown (name its process with --broker-pid)";

    // The resident set by proc_pid_status(5).
    private long? BrokerMemory()
    {
        if (options.BrokerProcess is not { } process)
            return null;

        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"expected a process {process} whose memory can be read, but {fault.Message}");
            return null;
        }
    }

    private sealed class Counter : ICentralListener
    {
        public long Duplicates { get; private set; }

        public void DroppedDuplicate(EventSource source, EventPosition position) => Duplicates++;
    }
}
