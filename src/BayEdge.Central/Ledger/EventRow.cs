using System.Data.Common;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>An event as a row of the table <c>events</c>.</summary>
internal static class EventRow
{
    public const string Columns = "topic, payload";

    public const string Insert = "INSERT INTO events VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)";

    public static object?[] Values(ReceivedEvent received, string topic, byte[] payload)
    {
        var source = received.Source;
        return
        [
            source.Site, source.Device, source.Epoch, received.Position.Sequence, received.Type,
            received.Envelope.Time, received.Envelope.RecordedTime,
            VisitKey.Of(received)?.VisitId, topic, payload,
        ];
    }

    public static List<ReceivedEvent> Read(LedgerDatabase database, string where, params object?[] parameters) =>
        [.. database.Query(null, $"SELECT {Columns} FROM events{where}", Read, parameters).OfType<ReceivedEvent>()];

    /// <returns>Null never in practice: only what could be read was ever stored.</returns>
    public static ReceivedEvent? Read(DbDataReader row) =>
        ReceivedEvent.TryRead(row.GetString(0), row.GetFieldValue<byte[]>(1), out var received, out _) ? received : null;
}
