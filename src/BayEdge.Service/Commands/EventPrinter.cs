using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;

namespace BayEdge.Service.Commands;

/// <summary>Prints what a replay decides as the events that would go out: JSON lines, numbered from 1.</summary>
internal sealed class EventPrinter(TextWriter output, ReplayExplainer? explainer = null)
{
    private static readonly ClockInfo Clock = new(ClockState.Synced, 0, "replay");

    private long _sequence;

    public async Task PrintAsync(EdgeConfiguration configuration, IEnumerable<Transition> transitions)
    {
        var composer = new EventComposer(configuration.Site, configuration.Device);
        foreach (var transition in transitions)
        {
            var payload = composer.Compose(transition, Clock).Compose(new EventPosition(1, ++_sequence));
            await output.WriteLineAsync(Encoding.UTF8.GetString(payload));
            if (explainer is not null)
                await explainer.DecidedAsync(transition);
        }
    }
}
