using System.Globalization;
using System.Text.Json;
using BayEdge.Core.Configuration;
using BayEdge.Faults.Schedules;
using BayEdge.TestKit;

namespace BayEdge.Faults;

/// <summary>Runs many schedules, several at a time, since they mostly wait, and adds up what came of them.</summary>
internal sealed class FaultRun(string workFolder, FaultRunOptions options, TextWriter output)
{
    private const int MostPrinted = 5;

    // A network and mounts for itself; whatever it leaves, the kernel takes away with it.
    private static readonly string[] Alone = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    private readonly List<ScheduleResult> _results = [];

    /// <returns>The exit code: 0 when every ledger equals the truth.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(options.First, options.Count),
            new ParallelOptions { MaxDegreeOfParallelism = options.AtATime, CancellationToken = cancellationToken },
            async (number, stop) => Take(await RunOneAsync(number, stop)));
        output.WriteLine(Summary());
        return _results.TrueForAll(result => result.Problems.Count == 0) ? 0 : 1;
    }

    private async Task<ScheduleResult> RunOneAsync(int number, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workFolder, $"schedule-{number}")).FullName;
        await using var process = ToolProcess.Start("unshare", [.. Alone, Environment.ProcessPath!, "schedule", folder, $"{options.Seed}", $"{number}", $"{options.Confirmation}"], null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            var line = process.Output.Split('\n').LastOrDefault(line => line.StartsWith('{'));
            var result = line is null ? null : JsonSerializer.Deserialize<ScheduleResult>(line);
            return result ?? new ScheduleResult { Number = number, Problems = [$"The run itself failed: {process.Output}"] };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ScheduleResult { Number = number, Problems = [$"It took longer than {Longest.TotalMinutes} minutes. {process.Output}"] };
        }
    }

    private void Take(ScheduleResult result)
    {
        lock (_results)
        {
            _results.Add(result);
            if (result.Problems.Count == 0)
            {
                Directory.Delete(Path.Combine(workFolder, $"schedule-{result.Number}"), recursive: true);
                if (_results.Count % 10 == 0)
                    output.WriteLine($"{_results.Count} schedules done, {_results.Count(one => one.Problems.Count > 0)} failed");
                return;
            }

            output.WriteLine($"Failed: {FaultSchedule.Generate(options.Seed, result.Number)}");
            foreach (var problem in result.Problems.Take(MostPrinted))
                output.WriteLine($"  ! {problem}");
            output.WriteLine($"  {result.Problems.Count} problems. Again: tests/faults.sh --seed {options.Seed} --only {result.Number}");
        }
    }

    private string Summary()
    {
        var kinds = _results.SelectMany(result => result.Kinds).GroupBy(kind => kind).OrderBy(group => group.Key)
            .Select(group => $"{group.Key} {group.Count()}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            {_results.Count} schedules, seed {options.Seed}: {Sum(one => one.Lost)} lost, {Sum(one => one.Doubled)} doubled, {_results.Count(one => one.Problems.Count > 0)} failed
            {Sum(one => one.Events)} events stored, {Sum(one => one.Declared)} of them gone with a journal and declared, {Sum(one => one.Repeated)} sent again and dropped
            {Sum(one => one.Kinds.Count)} faults: {string.Join(", ", kinds)}
            Starts: broker {Sum(one => one.BrokerStarts)}, device {Sum(one => one.DeviceStarts)}, consumer {Sum(one => one.CentralStarts)}
            All confirmed after the last repair: in {Quantile(0.5):0.0} s in the median, {Quantile(1):0.0} s at the most
            """);
    }

    private int Sum(Func<ScheduleResult, int> figure) => _results.Sum(figure);

    private double Quantile(double share)
    {
        var seconds = _results.Select(result => result.SettledSeconds).Order().ToList();
        return seconds.Count == 0 ? 0 : seconds[(int)((seconds.Count - 1) * share)];
    }
}

/// <param name="First">The number of the first schedule.</param>
/// <param name="Confirmation">Whose word lets the device forget an event. With the broker's, losses must be found.</param>
internal sealed record FaultRunOptions(int First, int Count, int Seed, int AtATime, DeliveryConfirmation Confirmation);
