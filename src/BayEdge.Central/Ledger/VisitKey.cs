using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>A visit as the ledger finds it.</summary>
internal readonly record struct VisitKey(string Site, string Device, string VisitId)
{
    /// <returns>Null when the event is about no visit.</returns>
    public static VisitKey? Of(ReceivedEvent received) => received.Visit is { } visit
        ? new VisitKey(received.Source.Site, received.Source.Device, VisitRow.KeyOf(visit.VisitId))
        : null;
}
