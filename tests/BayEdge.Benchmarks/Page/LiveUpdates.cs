using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BayEdge.Benchmarks.Readers;
using BayEdge.Simulator.Readers;

namespace BayEdge.Benchmarks.Page;

/// <summary>From a read at a reader's antenna to its arrival at a phone that has the page open, through the program as it is installed.</summary>
internal static class LiveUpdates
{
    private const int Reads = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(TextWriter output)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var service = await RunningService.StartAsync([new JsonObject { ["id"] = "reader-1", ["driver"] = "llrp", ["address"] = reader.Address }]);
        foreach (var topic in (string[])["sources", "tags"])
        {
            var delays = await MeasureAsync(reader, service.Page, topic);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"a read at the antenna is on the phone ({topic}) after {delays[Reads / 2].TotalMilliseconds:0} ms in the middle, {delays[Reads * 95 / 100].TotalMilliseconds:0} ms in 95 of 100, {delays[^1].TotalMilliseconds:0} ms at worst"));
        }
    }

    private static async Task<List<TimeSpan>> MeasureAsync(SimulatedLlrpReader reader, HttpClient page, string topic)
    {
        using var stream = new StreamReader(await page.GetStreamAsync(new Uri($"/api/events?topics={topic}", UriKind.Relative)));
        var delays = new List<TimeSpan>();
        for (var read = 0; read < Reads; read++)
        {
            // So that it falls anywhere between two updates.
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(400)));
            var tag = string.Create(CultureInfo.InvariantCulture, $"E2806894{topic.Length:X8}{read:X8}");
            var watch = Stopwatch.StartNew();
            reader.Report(1, tag, -55, 1, TimeProvider.System.GetUtcNow());
            using var limit = new CancellationTokenSource(Longest);
            string line;
            do
                line = await stream.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException($"The stream of '{topic}' ended before the tag arrived.");
            while (!line.Contains(tag, StringComparison.Ordinal));

            delays.Add(watch.Elapsed);
        }

        delays.Sort();
        return delays;
    }
}
