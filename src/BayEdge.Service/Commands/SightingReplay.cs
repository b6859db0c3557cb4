using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Commands;

/// <summary>Runs a sighting log through the tracker; same log and configuration, same bytes out.</summary>
internal sealed class SightingReplay(EdgeConfiguration configuration, TextWriter output, TextWriter errors, ReplayExplainer? explainer = null)
{
    private readonly BayLayout _layout = new(configuration);
    private readonly EventPrinter _events = new(output, explainer);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private TrackerState? _state;

    /// <returns>Whether every line could be read.</returns>
    /// <exception cref="SightingLogException">The log broke off.</exception>
    public async Task<bool> RunAsync(TextReader log, CancellationToken cancellationToken)
    {
        var reader = new SightingLogReader();
        var allReadable = true;
        for (var number = 1; await NextLineAsync(log, cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var read = reader.Read(line);
            if (read is UnreadableLine unreadable)
            {
                allReadable = false;
                await errors.WriteLineAsync($"line {number}: {unreadable.Message}; the line is skipped");
                continue;
            }

            await StepAsync(read, number);
        }

        if (explainer is not null)
            await explainer.EndAsync(_state, errors);
        return allReadable;
    }

    // Looking at the clock changes nothing that is decided.
    private async Task ExplainAsync(ObservedAt before)
    {
        if (_state is null || explainer?.NextStop(_state.Now, before) is not { } stop)
            return;
        await TakeAsync(BayTracker.AdvanceTo(_state, stop));
        await explainer.StopAsync(_state);
    }

    private static async Task<string?> NextLineAsync(TextReader log, CancellationToken cancellationToken)
    {
        try
        {
            return await log.ReadLineAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new SightingLogException(exception);
        }
    }

    private async Task StepAsync(SightingLogLine line, int number)
    {
        switch (line)
        {
            case SightingLine { Sighting: var sighting }:
                await ExplainAsync(sighting.At);
                await WarnIfUnknownAsync(sighting, number);
                _state ??= TrackerState.Start(configuration, sighting.At);
                await TakeAsync(BayTracker.Step(_state, new SightingInput(sighting)));
                break;
            case EndLine { At: var end }:
                await ExplainAsync(end);
                await TakeAsync(BayTracker.AdvanceTo(_state ?? TrackerState.Start(configuration, end), end));
                break;
        }
    }

    private Task TakeAsync(TrackerStep step)
    {
        _state = step.State;
        return _events.PrintAsync(configuration, step.Transitions);
    }

    private async Task WarnIfUnknownAsync(Sighting sighting, int number)
    {
        if (sighting is not SourceSighting && _layout.BayOf(sighting) is null && _unknown.Add(PlaceOf(sighting)))
            await errors.WriteLineAsync($"line {number}: {PlaceOf(sighting)} looks at no bay in the configuration; its sightings are passed over");
    }

    private static string PlaceOf(Sighting sighting) => sighting switch
    {
        TagSighting tag => $"antenna {tag.Antenna} of {tag.Source}",
        PlateSighting plate => $"zone {plate.Zone} of {plate.Source}",
        OccupancySighting occupancy => $"zone {occupancy.Zone} of {occupancy.Source}",
        _ => sighting.Source,
    };
}

/// <summary>The sighting log cannot be read on.</summary>
internal sealed class SightingLogException(Exception cause) : Exception(cause.Message, cause);
