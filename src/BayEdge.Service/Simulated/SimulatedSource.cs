using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Simulator.Readers.Selectable;

namespace BayEdge.Service.Simulated;

/// <summary>A reader's own source, led to a simulated reader that vehicles visit.</summary>
internal sealed class SimulatedSource(ISourceDriver driver, ReaderConfiguration configuration, TimeProvider time) : ILeadingSource
{
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromMilliseconds(500);

    // Thrice in the silence after which a device that sends nothing counts as lost, unless its configuration says another.
    private static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(10);

    private volatile ISource? _led;

    public ISource? Led => _led;

    public Task RunAsync(ISightingSink sink, CancellationToken cancellationToken) => WithReaderAsync(
        async (led, end) =>
        {
            _led = driver.Create(led);
            await _led.RunAsync(sink, end);
            return true;
        },
        cancellationToken);

    public Task<ProbeReport> ProbeAsync(CancellationToken cancellationToken) => WithReaderAsync(driver.ProbeAsync, cancellationToken);

    /// <summary>Starts the simulated reader for as long as something is done with it.</summary>
    /// <param name="act">Gets the configuration that leads to it.</param>
    private async Task<T> WithReaderAsync<T>(Func<ReaderConfiguration, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        var antennas = configuration.Antennas.Select(antenna => antenna.Port).ToList();
        await using var reader = await SelectableReaders.StartAsync(
            driver.Descriptor.Id, configuration.Id, antennas, configuration.Settings.Values, time, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var acting = act(configuration with { Settings = Redirect(configuration.Settings, reader.Settings) }, end.Token);
            await await Task.WhenAny(acting, VisitAsync(reader, antennas, end.Token));
            return await acting;
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private static DriverSettings Redirect(DriverSettings settings, IReadOnlyDictionary<string, string?> reader)
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
        var beaten = opened;
        while (true)
        {
            var now = time.GetUtcNow();
            if (now - beaten >= BeatPeriod)
            {
                beaten = now;
                await reader.Beat();
            }

            foreach (var antenna in antennas)
            {
                // A few dB up and down, as people and doors move.
                if (VisitingTags.At(configuration.Id, antenna, now - opened) is { } tag)
                    await reader.Report(antenna, tag, -58 + (3 * Math.Sin(now.TimeOfDay.TotalSeconds + antenna)), now);
            }

            await Task.Delay(ReadPeriod, time, cancellationToken);
        }
    }
}
