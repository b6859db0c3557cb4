using System.Diagnostics;
using System.Globalization;

namespace BayEdge.Benchmarks.Readers;

/// <summary><c>reconnect</c>: how long after its return a reader is read again, for each driver, in the program as it is installed.</summary>
internal static class ReaderReturnsCommand
{
    public const string Usage = "BayEdge.Benchmarks reconnect [--away SECONDS] [--rounds N]";

    /// <summary>What is promised of a reader that is back.</summary>
    private const double MostSeconds = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var (away, rounds) = (20, 5);
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var given = index + 1 < arguments.Length ? arguments[index + 1] : "";
            var understood = arguments[index] switch
            {
                "--away" => Number(given, 24 * 3600, out away),
                "--rounds" => Number(given, 1000, out rounds),
                _ => false,
            };
            if (!understood)
            {
                await errors.WriteLineAsync($"Usage: {Usage}");
                return 2;
            }
        }

        return await MeasureAsync(TimeSpan.FromSeconds(away), rounds, output);
    }

    private static bool Number(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;

    private static async Task<int> MeasureAsync(TimeSpan away, int rounds, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("bayedge-adapters-");
        var readers = ReturningReader.All(folder.FullName, TimeProvider.System);
        try
        {
            foreach (var reader in readers)
                await reader.ReturnAsync();
            await using var service = await RunningService.StartAsync([.. readers.Select(reader => reader.Settings)]);
            var took = readers.ToDictionary(reader => reader.Id, _ => new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (id, seconds) in await RoundAsync(service, readers, away))
                    took[id].Add(seconds);
            }

            foreach (var (id, seconds) in took)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{id,-10} away {away.TotalSeconds:0} s and more, read again after {string.Join(" s, ", seconds.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture)))} s; at most {seconds.Max():0.00} s"));
            }

            var late = took.Where(reader => reader.Value.Max() > MostSeconds).Select(reader => reader.Key).ToList();
            await output.WriteLineAsync(late.Count == 0
                ? $"Each was read again within {MostSeconds} s."
                : $"Not read again within {MostSeconds} s: {string.Join(", ", late)}.");
            return late.Count == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var reader in readers)
                await reader.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Takes all readers away and lets them come back one after the other, each at a moment of its own.</summary>
    private static async Task<List<(string Id, double Seconds)>> RoundAsync(RunningService service, IReadOnlyList<ReturningReader> readers, TimeSpan away)
    {
        foreach (var reader in readers)
            await reader.LeaveAsync();
        while ((await service.SourcesAsync()).Any(source => source.Up))
            await Task.Delay(Look);
        await Task.Delay(away);
        List<(string Id, double Seconds)> took = [];
        foreach (var reader in readers)
        {
            var watch = Stopwatch.StartNew();
            await reader.ReturnAsync();
            while (!(await service.SourcesAsync()).Single(source => source.Id == reader.Id).Up)
                await Task.Delay(Look);
            took.Add((reader.Id, watch.Elapsed.TotalSeconds));
        }

        return took;
    }
}
