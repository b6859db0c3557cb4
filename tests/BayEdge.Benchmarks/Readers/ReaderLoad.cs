using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BayEdge.Simulator.Readers;

namespace BayEdge.Benchmarks.Readers;

/// <summary>The program as it is installed, with simulated readers that each have a bay and eight tags; its memory every minute.</summary>
internal static class ReaderLoad
{
    private const int Tags = 8;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(int count, int rate, TimeSpan span, TextWriter output)
    {
        var readers = Enumerable.Range(0, count).Select(_ => SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System)).ToList();
        try
        {
            await using var service = await RunningService.StartAsync([.. readers.Select((reader, index) => new JsonObject
            {
                ["id"] = $"reader-{index:00}", ["driver"] = "llrp", ["address"] = reader.Address,
            })]);
            return await MeasureAsync(readers, rate, span, service, output);
        }
        finally
        {
            foreach (var reader in readers)
                await reader.DisposeAsync();
        }
    }

    private static async Task<int> MeasureAsync(
        List<SimulatedLlrpReader> readers, int rate, TimeSpan span, RunningService service, TextWriter output)
    {
        using var end = new CancellationTokenSource(span);
        var reading = readers.Select((reader, index) => Task.Run(() => ReadAsync(reader, index, rate, end.Token))).ToList();
        var watch = Stopwatch.StartNew();
        for (var minute = 1; minute <= span.TotalMinutes; minute++)
        {
            await Task.Delay(TimeSpan.FromMinutes(minute) - watch.Elapsed < TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMinutes(minute) - watch.Elapsed);
            var (taken, up) = await SightingsAsync(service);
            var (residentKb, processor) = UsageOf(service.ProcessId);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"minute {minute,3}: {taken,12:N0} reads taken, {up} of {readers.Count} readers up, {residentKb / 1024.0,6:0.0} MB resident, {processor.TotalSeconds / watch.Elapsed.TotalSeconds,5:P0} of a core"));
        }

        var sent = (await Task.WhenAll(reading)).Sum();
        var took = await SettleAsync(service, sent);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{sent:N0} reads reported, {took:N0} taken"));
        return took == sent ? 0 : 1;
    }

    /// <returns>How many reads a client got to know.</returns>
    private static async Task<long> ReadAsync(SimulatedLlrpReader reader, int bay, int rate, CancellationToken end)
    {
        var watch = Stopwatch.StartNew();
        long due = 0, reported = 0;
        while (!end.IsCancellationRequested)
        {
            for (var until = (long)(watch.Elapsed.TotalSeconds * rate); due < until; due++)
                reported += reader.Report(1, TagOf(bay, (int)(due % Tags)), -55 - (due % 7), 1, TimeProvider.System.GetUtcNow()) ? 1 : 0;
            await Task.Delay(Step, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return reported;
    }

    /// <summary>What is still on its way gets half a minute to arrive.</summary>
    private static async Task<long> SettleAsync(RunningService service, long sent)
    {
        for (var attempt = 0; attempt < 30; attempt++)
        {
            if ((await SightingsAsync(service)).Taken == sent)
                return sent;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return (await SightingsAsync(service)).Taken;
    }

    private static async Task<(long Taken, int Up)> SightingsAsync(RunningService service)
    {
        var sources = await service.SourcesAsync();
        return (sources.Sum(source => source.Sightings), sources.Count(source => source.Up));
    }

    private static (long ResidentKb, TimeSpan Processor) UsageOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return (running.WorkingSet64 / 1024, running.TotalProcessorTime);
    }

    private static string TagOf(int bay, int tag) => $"E28068940000{bay:X6}{tag:X6}";
}
