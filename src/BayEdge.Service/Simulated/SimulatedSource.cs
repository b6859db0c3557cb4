using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Simulator.Readers.Selectable;

namespace BayEdge.Service.Simulated;

/// <summary>A reader's own source, led to a simulated reader that vehicles visit.</summary>
internal sealed class SimulatedSource(ISourceDriver driver, ReaderConfiguration configuration, TimeProvider time) : ISource
{
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        var antennas = configuration.Antennas.Select(antenna => antenna.Port).ToList();
        await using var reader = await SelectableReaders.StartAsync(driver.Descriptor.Id, configuration.Id, antennas, time, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = driver.Create(configuration with { Settings = Led(configuration.Settings, reader.Settings) });
        try
        {
            await await Task.WhenAny(source.RunAsync(sink, end.Token), VisitAsync(reader, antennas, end.Token));
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private static DriverSettings Led(DriverSettings settings, IReadOnlyDictionary<string, string?> reader)
    {
        var values = settings.Values.ToBuilder();
        foreach (var (key, value) in reader)
        {
            if (value is null)
                values.Remove(key);
            else
                values[key] = value;
        }

        return new DriverSettings(values.ToImmutable());
    }

    private async Task VisitAsync(SelectableReader reader, IReadOnlyList<int> antennas, CancellationToken cancellationToken)
    {
        var opened = time.GetUtcNow();
        while (true)
        {
            var now = time.GetUtcNow();
            foreach (var antenna in antennas)
            {
                // A few dB up and down, as people and doors move.
                if (VisitingTags.At(antenna, now - opened) is { } tag)
                    await reader.Report(antenna, tag, -58 + (3 * Math.Sin(now.TimeOfDay.TotalSeconds + antenna)), now);
            }

            await Task.Delay(ReadPeriod, time, cancellationToken);
        }
    }
}
