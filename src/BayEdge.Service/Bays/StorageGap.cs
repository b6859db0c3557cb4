using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;

namespace BayEdge.Service.Bays;

/// <summary>Owns up to events that a full disk never took.</summary>
internal static class StorageGap
{
    /// <summary>Of those that went with the service before; null when there were none.</summary>
    public static GapData? Of(IJournal journal, DateTimeOffset now) =>
        journal.RefusedSince is { } since ? Between(since < now ? since : now, now) : null;

    public static GapData Between(DateTimeOffset from, DateTimeOffset to) => new() { Reason = "storage-full", From = from, To = to };
}
