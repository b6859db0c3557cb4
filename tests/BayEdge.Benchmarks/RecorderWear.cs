using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Simulator.Scenarios;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;

namespace BayEdge.Benchmarks;

/// <summary>What the flight recorder writes onto the card while eight bays are busy, and what it costs in processor time.</summary>
internal static class RecorderWear
{
    private static readonly TimeSpan Batch = TimeSpan.FromMinutes(1);

    // Arrivals and departures at the ends of the day are left out.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(2);

    public static int Run(TextWriter output)
    {
        foreach (var noise in ScenarioNoise.Levels)
            Run(noise, output);
        return 0;
    }

    private static void Run(ScenarioNoise noise, TextWriter output)
    {
        var scenario = Scenario.Create(new ScenarioOptions
        {
            Bays = 8,
            Duration = TimeSpan.FromHours(16),
            Noise = noise with { Device = noise.Device with { RestartsPerDay = 1e-6, PowerCutsPerDay = 1e-6, ClockStepsPerDay = 1e-6 } },
            Traffic = new TrafficOptions { LongStayShare = 0.5, LongestEmpty = TimeSpan.FromMinutes(5) },
        });
        using var folder = new TemporaryFolder();
        using var store = SegmentStore.Open(new RecordingOptions { Folder = folder.Path, MaximumBytes = 1_000_000_000 });
        store.Begin();
        var (lines, inputs, raw, start) = (new ArrayBufferWriter<byte>(), 0L, 0L, scenario.Options.Start + Margin);
        var state = TrackerState.Start(new BayLayout(scenario.Configuration), scenario.Configuration.Vehicles, scenario.Clock.At(start));
        var writer = new SegmentWriter(lines, new SegmentStart
        {
            Product = "benchmark", Number = store.Number, Configuration = scenario.Configuration, State = RecordedState.Of(state, "boot-1"),
        });
        var watch = new Stopwatch();
        var due = start + Batch;
        foreach (var input in scenario.Inputs().Where(input => input.Sighting is not null && input.At >= start && input.At < scenario.End - Margin))
        {
            watch.Start();
            for (; input.At >= due; due += Batch)
            {
                raw += lines.WrittenCount;
                store.Append(lines.WrittenSpan, durable: false);
                lines.ResetWrittenCount();
            }

            writer.Write(new SightingInput(input.Sighting!));
            watch.Stop();
            inputs++;
        }

        var hours = (scenario.Options.Duration - (2 * Margin)).TotalHours;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{noise.Name,-6}  {inputs / hours,9:N0} sightings/h  {raw / hours / 1e6,6:0.00} MB/h of lines  {store.Bytes / hours / 1e6,6:0.00} MB/h on the card  "
            + $"{(double)store.Bytes / inputs:0.0} bytes/sighting  {watch.Elapsed.TotalMicroseconds / inputs:0.0} us/sighting"));
    }
}
