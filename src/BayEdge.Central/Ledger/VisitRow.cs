using System.Globalization;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Ledger;

/// <summary>A visit as a row of the table <c>visits</c>.</summary>
internal static class VisitRow
{
    public const string Upsert =
        """
        INSERT OR REPLACE INTO visits
        VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    public static object?[] Values(Visit visit) =>
    [
        visit.Site, visit.Device, visit.VisitId, visit.Bay,
        visit.Vehicle.Ref, visit.Vehicle.Plate, visit.Vehicle.PlateConfidence, string.Join(' ', visit.Vehicle.Tags),
        Text(visit.Entered?.At), Text(visit.Entered?.Earliest), Text(visit.Entered?.Latest),
        Text(visit.Left?.At), Text(visit.Left?.Earliest), Text(visit.Left?.Latest),
        visit.OccupiedSeconds, visit.IsRetracted, visit.Reason,
    ];

    public static Visit Read(SqliteDataReader row) => new()
    {
        Site = row.GetString(0),
        Device = row.GetString(1),
        VisitId = row.GetString(2),
        Bay = row.GetString(3),
        Vehicle = new Vehicle
        {
            Ref = TextOrNull(row, 4),
            Plate = TextOrNull(row, 5),
            PlateConfidence = NumberOrNull(row, 6),
            Tags = row.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        },
        Entered = Moment(row, 8),
        Left = Moment(row, 11),
        OccupiedSeconds = NumberOrNull(row, 14),
        IsRetracted = row.GetBoolean(15),
        Reason = TextOrNull(row, 16),
    };

    public static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString(UtcMillisecondsConverter.Format, CultureInfo.InvariantCulture);

    private static VisitMoment? Moment(SqliteDataReader row, int column) =>
        Time(row, column) is { } at ? new VisitMoment(at, Time(row, column + 1), Time(row, column + 2)) : null;

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture);

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static double? NumberOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
