using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;

namespace BayEdge.Contracts.Consuming;

/// <summary>A device's status read from the wire and found well-formed.</summary>
public sealed record ReceivedStatus
{
    public required string Site { get; init; }

    public required string Device { get; init; }

    public required DeviceStatus Status { get; init; }

    /// <summary>The device keeps nothing before this, neither in its epoch nor of any epoch before.</summary>
    public EventPosition KeptFrom => Status.FirstUnconfirmed is { } first
        ? new EventPosition(Status.FirstUnconfirmedEpoch ?? Status.Epoch, first)
        : new EventPosition(Status.Epoch, Status.LastSequence + 1);

    /// <summary>Reads a status; on failure <paramref name="problem"/> says in a sentence what was expected.</summary>
    public static bool TryRead(
        string topic, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out ReceivedStatus? received, [NotNullWhen(false)] out string? problem)
    {
        received = null;
        try
        {
            problem = Read(topic, payload, out received);
        }
        catch (JsonException exception)
        {
            problem = $"expected a device status as JSON, but {JsonFaults.Describe(exception)}";
        }

        return problem is null && received is not null;
    }

    private static string? Read(string topic, ReadOnlySpan<byte> payload, out ReceivedStatus? received)
    {
        received = null;
        if (!Topics.TryParseDevice(topic, out var site, out var device))
            return $"expected the topic of a device, but found '{topic}'";

        var status = JsonSerializer.Deserialize(payload, ContractsJson.Wire.DeviceStatus);
        if (status is null)
            return "expected a device status, but found null";
        if (status.LastSequence < 0)
            return $"expected a lastSequence of 0 or more, but found {status.LastSequence}";
        if (status.FirstUnconfirmedEpoch >= status.Epoch)
            return $"expected a firstUnconfirmedEpoch before epoch {status.Epoch}, but found {status.FirstUnconfirmedEpoch}";
        if (status.FirstUnconfirmed < 1 || (status.FirstUnconfirmedEpoch is null && status.FirstUnconfirmed > status.LastSequence))
            return $"expected firstUnconfirmed between 1 and lastSequence {status.LastSequence}, but found {status.FirstUnconfirmed}";

        received = new ReceivedStatus { Site = site, Device = device, Status = status };
        return null;
    }
}
