using System.Data.Common;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>How far a device's sequence is complete, as a row of the table <c>sources</c>.</summary>
internal static class SourceRow
{
    public const string Columns = "site, device, epoch, held, start, first_kept, last_known";

    public const string Upsert =
        """
        INSERT INTO sources VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
        ON CONFLICT (site, device, epoch) DO UPDATE SET
            held = excluded.held, start = excluded.start, first_kept = excluded.first_kept, last_known = excluded.last_known
        """;

    public static object?[] Values(EventSource source, SequenceLedger ledger) =>
        [source.Site, source.Device, source.Epoch, RangeText.Format(ledger.Held), ledger.Start, ledger.FirstKept, ledger.LastKnown];

    public static KeyValuePair<EventSource, SequenceLedger> Read(DbDataReader row)
    {
        var source = new EventSource(row.GetString(0), row.GetString(1), row.GetInt32(2));
        long? start = row.IsDBNull(4) ? null : row.GetInt64(4);
        return new(source, SequenceLedger.Restore(RangeText.Parse(row.GetString(3)), start, row.GetInt64(5), row.GetInt64(6)));
    }
}
