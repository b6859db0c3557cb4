using System.Data.Common;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Ledger;

/// <summary>An alert as a row of the table <c>utilisation_alerts</c>.</summary>
internal static class AlertRow
{
    public const string Select = "SELECT site, raised_at, utilisation, threshold, cleared_at";

    // A site has one alert at a time, whichever consumer saw it first.
    public const string Raise = "INSERT INTO utilisation_alerts VALUES (@p0, @p1, @p2, @p3, NULL) ON CONFLICT DO NOTHING";

    public const string Clear = "UPDATE utilisation_alerts SET cleared_at = @p1 WHERE site = @p0 AND cleared_at IS NULL";

    public static UtilisationAlert Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetDouble(2),
        row.GetDouble(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4));
}
