using System.Data.Common;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>An event as a row of the table <c>events</c>.</summary>
internal static class EventRow
{
    public const string Insert = "INSERT INTO events VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)";

    public static object?[] Values(ReceivedEvent received, string topic, byte[] payload)
    {
        var source = received.Source;
        return
        [
            source.Site, source.Device, source.Epoch, received.Position.Sequence, received.Type,
            received.Envelope.Time, received.Envelope.RecordedTime,
            received.Visit is { } visit ? VisitRow.KeyOf(visit.VisitId) : null, topic, payload,
        ];
    }

    public static List<ReceivedEvent> Read(LedgerDatabase database, DbTransaction? transaction, string where, params object?[] parameters)
    {
        var stored = database.Query(
            transaction, $"SELECT topic, payload FROM events{where}", row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), parameters);
        var events = new List<ReceivedEvent>(stored.Count);
        foreach (var (topic, payload) in stored)
        {
            // Only what could be read was ever stored.
            if (ReceivedEvent.TryRead(topic, payload, out var received, out _))
                events.Add(received);
        }

        return events;
    }
}
