using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Ledger;

/// <summary>A visit as a row of the table <c>visits</c>.</summary>
internal static class VisitRow
{
    // Far beyond what a device gives; PostgreSQL's indexes take no key of more than 2,700 bytes.
    private const int LongestKey = 300;

    public const string Select =
        """
        SELECT site, device, visit_id, bay, ref, plate, plate_confidence, tags, entered_at, entered_earliest, entered_latest,
               left_at, left_earliest, left_latest, occupied_seconds, retracted, reason
        """;

    public const string Upsert =
        """
        INSERT INTO visits
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16)
        ON CONFLICT (site, device, visit_id) DO UPDATE SET
            bay = excluded.bay, ref = excluded.ref, plate = excluded.plate, plate_confidence = excluded.plate_confidence,
            tags = excluded.tags, entered_at = excluded.entered_at, entered_earliest = excluded.entered_earliest,
            entered_latest = excluded.entered_latest, left_at = excluded.left_at, left_earliest = excluded.left_earliest,
            left_latest = excluded.left_latest, occupied_seconds = excluded.occupied_seconds,
            retracted = excluded.retracted, reason = excluded.reason
        """;

    /// <summary>The visit id, or its digest where it is too long for an index.</summary>
    public static string KeyOf(string visitId) =>
        visitId.Length <= LongestKey ? visitId : $"sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(visitId)))}";

    public static object?[] Values(Visit visit) =>
    [
        visit.Site, visit.Device, KeyOf(visit.VisitId), visit.Bay,
        visit.Vehicle.Ref, visit.Vehicle.Plate, visit.Vehicle.PlateConfidence, string.Join(' ', visit.Vehicle.Tags),
        visit.Entered?.At, visit.Entered?.Earliest, visit.Entered?.Latest,
        visit.Left?.At, visit.Left?.Earliest, visit.Left?.Latest,
        visit.OccupiedSeconds, visit.IsRetracted, visit.Reason,
    ];

    public static Visit Read(DbDataReader row) => new()
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

    private static VisitMoment? Moment(DbDataReader row, int column) =>
        Time(row, column) is { } at ? new VisitMoment(at, Time(row, column + 1), Time(row, column + 2)) : null;

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static double? NumberOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
