using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Ledger;

/// <summary>Makes the ledger's tables and sets what keeps a commit on the disk.</summary>
internal static class LedgerSchema
{
    private const long Version = 1;

    private const string Tables =
        """
        CREATE TABLE identity (client_id TEXT NOT NULL);

        CREATE TABLE sources (
            site TEXT NOT NULL, device TEXT NOT NULL, epoch INTEGER NOT NULL,
            held TEXT NOT NULL, start INTEGER, first_kept INTEGER NOT NULL, last_known INTEGER NOT NULL,
            PRIMARY KEY (site, device, epoch)) WITHOUT ROWID;

        CREATE TABLE events (
            site TEXT NOT NULL, device TEXT NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
            type TEXT NOT NULL, time TEXT NOT NULL, recorded_time TEXT NOT NULL, visit_id TEXT,
            topic TEXT NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (site, device, epoch, sequence));

        CREATE INDEX events_by_visit ON events (site, device, visit_id) WHERE visit_id IS NOT NULL;

        CREATE TABLE visits (
            site TEXT NOT NULL, device TEXT NOT NULL, visit_id TEXT NOT NULL, bay TEXT NOT NULL,
            ref TEXT, plate TEXT, plate_confidence REAL, tags TEXT NOT NULL,
            entered_at TEXT, entered_earliest TEXT, entered_latest TEXT,
            left_at TEXT, left_earliest TEXT, left_latest TEXT,
            occupied_seconds REAL, retracted INTEGER NOT NULL, reason TEXT,
            PRIMARY KEY (site, device, visit_id)) WITHOUT ROWID;
        """;

    /// <exception cref="LedgerFaultException">The file is a newer version's, or the disk settings did not hold.</exception>
    public static void Prepare(SqliteConnection connection, bool onDisk)
    {
        if (onDisk)
            KeepCommits(connection);

        var version = (long)Scalar(connection, "PRAGMA user_version")!;
        if (version > Version)
        {
            throw new LedgerFaultException(
                $"expected a ledger of version {Version} or older, but found version {version}; use the newer program that wrote it");
        }

        if (version == 0)
            Create(connection);
    }

    // Without both of these SQLite loses acknowledged rows when the power goes. The values are read back, because a file
    // system without shared memory silently keeps another journal mode.
    private static void KeepCommits(SqliteConnection connection)
    {
        var journal = (string?)Scalar(connection, "PRAGMA journal_mode=WAL");
        Scalar(connection, "PRAGMA synchronous=FULL");
        var synchronous = (long)Scalar(connection, "PRAGMA synchronous")!;
        if (journal != "wal" || synchronous != 2)
        {
            throw new LedgerFaultException(
                $"expected journal_mode wal and synchronous 2 (FULL), but the disk gave {journal} and {synchronous}; "
                + "put the ledger on a local file system");
        }
    }

    private static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"{Tables} INSERT INTO identity VALUES ($client); PRAGMA user_version={Version};";
        command.Parameters.AddWithValue("$client", $"bayedge-central-{Guid.NewGuid():N}");
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
