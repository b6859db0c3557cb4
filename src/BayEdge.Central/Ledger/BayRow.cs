using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>A bay as a row of the table <c>bays</c>.</summary>
internal static class BayRow
{
    public const string Insert = "INSERT INTO bays VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING";

    public const string Delete = "DELETE FROM bays WHERE site = @p0 AND device = @p1 AND bay = @p2";

    public static object?[] Values(BayKey bay) => [bay.Site, bay.Device, bay.Bay];
}
