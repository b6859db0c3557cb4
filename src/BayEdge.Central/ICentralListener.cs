using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;

namespace BayEdge.Central;

/// <summary>Hears what a <see cref="CentralConsumer"/> does, always after it is in the ledger. Called by one thread at a time.</summary>
public interface ICentralListener
{
    void Connected(string broker) { }

    /// <param name="reason">A sentence.</param>
    void Disconnected(string reason) { }

    /// <summary>An event was not held before and now is.</summary>
    /// <param name="visit">The visit as it stands with this event; null when the event is not about one.</param>
    void Stored(ReceivedEvent received, Visit? visit) { }

    /// <summary>An event came again and was dropped.</summary>
    void DroppedDuplicate(EventSource source, EventPosition position) { }

    /// <summary>Events are missing; the device sends them again.</summary>
    void GapOpened(EventSource source, SequenceRange missing) { }

    /// <summary>Nothing of this source is missing any more.</summary>
    void GapClosed(EventSource source) { }

    /// <summary>Events are missing that the device no longer keeps.</summary>
    void GapLost(EventSource source, SequenceRange lost) { }

    /// <summary>A message was no message of this contract. Nothing behind it is acknowledged.</summary>
    /// <param name="problem">What was expected and what came.</param>
    void Malformed(string topic, string problem) { }

    void StatusReceived(string site, string device, DeviceStatus status) { }

    /// <summary>Sent to the device, which may now forget everything up to here.</summary>
    void Acknowledged(EventSource source, long upTo) { }

    /// <summary>The broker did not take an acknowledgement; it is tried again.</summary>
    /// <param name="problem">A sentence.</param>
    void AcknowledgementFailed(EventSource source, string problem) { }

    /// <summary>The broker did not take the level of a site; it is tried again.</summary>
    /// <param name="problem">A sentence.</param>
    void UtilisationNotPublished(string site, string problem) { }

    /// <summary>The utilisation of a site's bays passed the threshold, or fell clearly below it.</summary>
    void UtilisationChanged(SiteUtilisation change) { }

    /// <summary>The ledger could not be written; the consumer tries again and acknowledges nothing meanwhile.</summary>
    /// <param name="problem">A sentence.</param>
    void LedgerFailed(string problem) { }
}
