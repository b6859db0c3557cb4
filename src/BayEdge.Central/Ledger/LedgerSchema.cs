using System.Data.Common;
using BayEdge.Central.Ledger.Stores;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Ledger;

/// <summary>Makes the ledger's tables, and brings those of an earlier version up to date.</summary>
internal static class LedgerSchema
{
    private const long Version = 2;

    /// <exception cref="LedgerFaultException">The tables are a newer version's.</exception>
    public static void Prepare(DbConnection connection, ILedgerStore store)
    {
        if (ReadVersion(connection, store) == Version)
            return;

        using var transaction = connection.BeginTransaction();
        store.LockAll(transaction);
        // Another consumer may have made the tables meanwhile.
        var version = ReadVersion(connection, store);
        if (version == Version)
            return;

        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            (version < 1 ? Tables(store.Types) : "") + Additions(store.Types) + store.VersionStatement(Version);
        var client = command.CreateParameter();
        (client.ParameterName, client.Value) = ("@client", $"bayedge-central-{Guid.NewGuid():N}");
        command.Parameters.Add(client);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static long ReadVersion(DbConnection connection, ILedgerStore store)
    {
        var version = store.ReadVersion(connection);
        return version <= Version ? version : throw new LedgerFaultException(
            $"expected a ledger of version {Version} or older, but found version {version}; use the newer program that wrote it");
    }

    private static string Tables(ColumnTypes types) =>
        $"""
        CREATE TABLE identity (client_id TEXT NOT NULL);
        INSERT INTO identity VALUES (@client);

        CREATE TABLE sources (
            site TEXT NOT NULL, device TEXT NOT NULL, epoch {types.Integer} NOT NULL,
            held TEXT NOT NULL, start {types.Long}, first_kept {types.Long} NOT NULL, last_known {types.Long} NOT NULL,
            PRIMARY KEY (site, device, epoch));

        CREATE TABLE events (
            site TEXT NOT NULL, device TEXT NOT NULL, epoch {types.Integer} NOT NULL, sequence {types.Long} NOT NULL,
            type TEXT NOT NULL, time {types.Time} NOT NULL, recorded_time {types.Time} NOT NULL, visit_id TEXT,
            topic TEXT NOT NULL, payload {types.Bytes} NOT NULL,
            PRIMARY KEY (site, device, epoch, sequence));

        CREATE INDEX events_by_visit ON events (site, device, visit_id) WHERE visit_id IS NOT NULL;

        CREATE TABLE visits (
            site TEXT NOT NULL, device TEXT NOT NULL, visit_id TEXT NOT NULL, bay TEXT NOT NULL,
            ref TEXT, plate TEXT, plate_confidence {types.Real}, tags TEXT NOT NULL,
            entered_at {types.Time}, entered_earliest {types.Time}, entered_latest {types.Time},
            left_at {types.Time}, left_earliest {types.Time}, left_latest {types.Time},
            occupied_seconds {types.Real}, retracted {types.Flag} NOT NULL, reason TEXT,
            PRIMARY KEY (site, device, visit_id));

        """;

    private static string Additions(ColumnTypes types) =>
        $"""
        CREATE TABLE bays (
            site TEXT NOT NULL, device TEXT NOT NULL, bay TEXT NOT NULL,
            PRIMARY KEY (site, device, bay));
        INSERT INTO bays SELECT DISTINCT site, device, bay FROM visits;

        CREATE TABLE utilisation_alerts (
            site TEXT NOT NULL, raised_at {types.Time} NOT NULL, utilisation {types.Real} NOT NULL,
            threshold {types.Real} NOT NULL, cleared_at {types.Time},
            PRIMARY KEY (site, raised_at));
        CREATE UNIQUE INDEX standing_alerts ON utilisation_alerts (site) WHERE cleared_at IS NULL;

        CREATE INDEX visits_by_leaving ON visits (left_at);
        CREATE INDEX visits_by_entering ON visits (site, entered_at);
        CREATE INDEX device_gaps ON events (site) WHERE type = '{EventTypes.DeviceGap}';

        """;
}
