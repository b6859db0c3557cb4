namespace BayEdge.Contracts.State;

/// <summary>The retained status of a device; the broker sends the offline one when the device falls silent.</summary>
public sealed record DeviceStatus
{
    public required DeviceConnection State { get; init; }

    public required string BootId { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The oldest event still kept on the device; absent when all are confirmed. A consumer that comes late begins here.</summary>
    public long? FirstUnconfirmed { get; init; }

    /// <summary>The epoch of <see cref="FirstUnconfirmed"/> where that is an earlier one than <see cref="Epoch"/>, else absent.</summary>
    public int? FirstUnconfirmedEpoch { get; init; }

    /// <summary>The newest sequence number given out; 0 before the first event of the epoch.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Events kept on the device and not yet confirmed.</summary>
    public required long Backlog { get; init; }

    /// <summary>When this was written; absent in the offline message, which the broker sends.</summary>
    public DateTimeOffset? AsOf { get; init; }

    public string? Version { get; init; }
}

public enum DeviceConnection
{
    Offline,
    Online,
}
