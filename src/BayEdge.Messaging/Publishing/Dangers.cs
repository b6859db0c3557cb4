using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Publishing;

/// <summary>What endangers the delivery at the moment; says so when that changes.</summary>
internal sealed class Dangers(IDeliveryListener listener, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Phrase> _known = new(StringComparer.Ordinal);

    /// <param name="kind">One danger at a time of each.</param>
    /// <param name="sentence">Null when it is over.</param>
    public void Set(string kind, Wording? sentence)
    {
        lock (_gate)
        {
            var before = _known.GetValueOrDefault(kind);
            if (before?.Text == sentence?.Text)
                return;
            if (sentence is null)
                _known.Remove(kind);
            else
                _known[kind] = sentence.Phrase;
            if (sentence is null)
                PublisherLog.DangerOver(logger, before!.Text);
            else
                PublisherLog.Danger(logger, sentence.Text);
            listener.Endangered([.. _known.Values]);
        }
    }
}
