using System.Text.Json;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Conformance;

/// <summary>The online status of a device that is only played.</summary>
internal static class PlayedStatus
{
    /// <param name="firstUnconfirmed">The oldest event kept; null when all are confirmed.</param>
    public static byte[] Of(EventSource source, long? firstUnconfirmed, long lastSequence, DateTimeOffset asOf) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new DeviceStatus
            {
                State = DeviceConnection.Online,
                BootId = "played",
                Epoch = source.Epoch,
                FirstUnconfirmed = firstUnconfirmed,
                LastSequence = lastSequence,
                Backlog = firstUnconfirmed is { } first ? lastSequence - first + 1 : 0,
                AsOf = asOf,
                Version = "played",
            },
            ContractsJson.Wire.DeviceStatus);
}
