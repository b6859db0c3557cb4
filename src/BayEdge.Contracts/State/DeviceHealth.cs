using System.Text.Json.Serialization;
using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.State;

/// <summary>The retained health of a device.</summary>
public sealed record DeviceHealth
{
    public required DateTimeOffset AsOf { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<SourceHealth> Sources { get; init; }

    public required ClockInfo Clock { get; init; }

    public required DeliveryHealth Delivery { get; init; }

    public required double UptimeSeconds { get; init; }

    /// <summary>Free bytes where the journal lives.</summary>
    public long? DiskFreeBytes { get; init; }

    /// <summary>Of the processor, in degrees Celsius; absent where the computer has no sensor.</summary>
    public double? TemperatureCelsius { get; init; }
}

/// <summary>One reader, camera or contact.</summary>
/// <param name="Id">As configured.</param>
/// <param name="Up">Whether the device answers.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="Detail">When down: what is wrong and what to do, in a sentence.</param>
/// <param name="Sightings">Counted since the service started.</param>
public sealed record SourceHealth(
    [property: JsonRequired] string Id,
    [property: JsonRequired] bool Up,
    DateTimeOffset? Since,
    string? Detail,
    [property: JsonRequired] long Sightings)
{
    /// <summary>Reads of tags that the reader's filter leaves out, counted since the service started; absent where it has none.</summary>
    public long? Ignored { get; init; }
}

public sealed record DeliveryHealth
{
    public required long Backlog { get; init; }

    public DateTimeOffset? OldestUnconfirmed { get; init; }

    public required long Quarantined { get; init; }

    public DateTimeOffset? LastConfirmedAt { get; init; }

    /// <summary>
    /// What endangers the delivery, also where it works at the moment, a sentence each: a card that is nearly full, a second device
    /// with the same name, a certificate that runs out. Absent when nothing does.
    /// </summary>
    public IReadOnlyList<string>? Problems { get; init; }
}
