using BayEdge.Contracts.Events;

namespace BayEdge.Core.Delivery;

/// <summary>Where the publisher reads: everything that is stored and not yet confirmed, in order.</summary>
public interface IOutbox
{
    int Epoch { get; }

    /// <summary>Unconfirmed, unquarantined events after a position, oldest first.</summary>
    IReadOnlyList<OutboxEntry> Read(EventPosition after, int limit);

    /// <summary>The central system has everything of an epoch up to a number: forget it here.</summary>
    /// <returns>The events that were confirmed by this call, oldest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number was never given out; nothing was changed.</exception>
    IReadOnlyList<OutboxEntry> Confirm(int epoch, long upTo);

    /// <summary>The broker has these and its word is enough: forget them here.</summary>
    IReadOnlyList<OutboxEntry> Confirm(IReadOnlyList<EventPosition> positions);

    /// <summary>Sets an event aside that no broker will take, so that it neither blocks the others nor vanishes.</summary>
    void Quarantine(EventPosition position, string reason);

    OutboxStatus GetStatus();

    /// <summary>Ends when an event was stored after the call began, or at once if one was stored since the last call.</summary>
    Task WaitForStoredAsync(CancellationToken cancellationToken);
}

/// <param name="Position">Its place in everything the device sent.</param>
/// <param name="Topic">Where it is published.</param>
/// <param name="Payload">A CloudEvent as UTF-8 JSON.</param>
/// <param name="RecordedAt">When it was decided, on the wall clock.</param>
public sealed record OutboxEntry(EventPosition Position, string Topic, ReadOnlyMemory<byte> Payload, DateTimeOffset RecordedAt);

/// <param name="Backlog">Events not yet confirmed, quarantined ones apart.</param>
/// <param name="FirstUnconfirmed">The oldest of them; null when there is none.</param>
/// <param name="OldestRecordedAt">When it was decided.</param>
/// <param name="LastSequence">The newest number given out in the present epoch.</param>
/// <param name="Quarantined">Events set aside.</param>
public sealed record OutboxStatus(
    long Backlog, EventPosition? FirstUnconfirmed, DateTimeOffset? OldestRecordedAt, long LastSequence, long Quarantined);
