using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BayEdge.Benchmarks.Readers;
using BayEdge.Simulator.Readers;

namespace BayEdge.Benchmarks.Page;

/// <summary>What phones that stay on the page of the sources take of the network and of the processor, in a quiet workshop and in a busy one.</summary>
internal static class WatchedSources
{
    private const int Readers = 4;
    private const int Tags = 6;
    private const int Phones = 5;
    private const int WarmRounds = 3;

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(TextWriter output)
    {
        var readers = Enumerable.Range(0, Readers).Select(_ => SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System)).ToList();
        await using var service = await RunningService.StartAsync(
            [.. readers.Select((reader, index) => new JsonObject { ["id"] = $"reader-{index + 1}", ["driver"] = "llrp", ["address"] = reader.Address })]);

        // What is compiled at first is no cost of watching.
        using (var warm = new CancellationTokenSource())
        {
            var warming = ReadAsync(readers, warm.Token);
            for (var round = 0; round < WarmRounds; round++)
                await MeasureAsync(service, Phones);
            await warm.CancelAsync();
            await warming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        foreach (var busy in (bool[])[false, true])
        {
            using var end = new CancellationTokenSource();
            var reading = busy ? ReadAsync(readers, end.Token) : Task.CompletedTask;
            await Task.Delay(TimeSpan.FromSeconds(3));
            var (alone, _) = await MeasureAsync(service, phones: 0);
            var (watched, bytes) = await MeasureAsync(service, Phones);
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{Readers} readers, {(busy ? $"each hearing {Tags} tags {1 / BetweenReads.TotalSeconds:0} times a second" : "nothing heard")}: a phone on the sources is sent {bytes / 1000.0 / Phones / Measured.TotalSeconds:0.00} kB/s, {Phones} of them take {(watched - alone) / Measured * 100:0.0} % of a core (the device {alone / Measured * 100:0.0} % without them)"));
        }

        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    private static async Task<(TimeSpan Processor, long Bytes)> MeasureAsync(RunningService service, int phones)
    {
        using var end = new CancellationTokenSource();
        var watching = Enumerable.Range(0, phones).Select(_ => Count(service.Page, end.Token)).ToList();

        // What is sent at first is no rate.
        await Task.Delay(TimeSpan.FromSeconds(2));
        using var process = Process.GetProcessById(service.ProcessId);
        var (before, sent) = (process.TotalProcessorTime, watching.Sum(phone => phone()));
        await Task.Delay(Measured);
        process.Refresh();
        var result = (process.TotalProcessorTime - before, watching.Sum(phone => phone()) - sent);
        await end.CancelAsync();
        return result;
    }

    private static Func<long> Count(HttpClient page, CancellationToken cancellationToken)
    {
        long bytes = 0;
        _ = Task.Run(
            async () =>
            {
                await using var stream = await page.GetStreamAsync(new Uri("/api/events?topics=sources,plates", UriKind.Relative), cancellationToken);
                var buffer = new byte[65_536];
                while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
                    Interlocked.Add(ref bytes, read);
            },
            cancellationToken);
        return () => Interlocked.Read(ref bytes);
    }

    private static async Task ReadAsync(IReadOnlyList<SimulatedLlrpReader> readers, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var (index, reader) in readers.Index())
            {
                for (var tag = 0; tag < Tags; tag++)
                    reader.Report(1, string.Create(CultureInfo.InvariantCulture, $"E2806894{index:X8}{tag:X8}"), -55 - (Random.Shared.NextDouble() * 5), 1, TimeProvider.System.GetUtcNow());
            }

            await Task.Delay(BetweenReads, cancellationToken);
        }
    }
}
