namespace BayEdge.Storage.Journal;

internal static class JournalSchema
{
    /// <summary>Kept in <c>PRAGMA user_version</c>.</summary>
    public const int Version = 1;

    /// <remarks>
    /// Times are milliseconds since 1970 in UTC. A checksum covers position, topic and payload, because SQLite checks
    /// its own structure and not what is in a row. The present epoch is the greatest one; older ones are salvaged.
    /// </remarks>
    public const string Create = """
        CREATE TABLE epochs (
            epoch INTEGER PRIMARY KEY,
            last_sequence INTEGER NOT NULL);
        CREATE TABLE events (
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            topic TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            payload BLOB NOT NULL,
            checksum INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'stored' CHECK (state IN ('stored', 'sent')),
            PRIMARY KEY (epoch, sequence)) WITHOUT ROWID;
        CREATE TABLE quarantine (
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            topic TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            payload BLOB NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (epoch, sequence)) WITHOUT ROWID;
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            content BLOB NOT NULL,
            checksum INTEGER NOT NULL);
        CREATE TABLE recovery (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            reason TEXT NOT NULL,
            moved_to TEXT,
            previous_epoch INTEGER,
            previous_last_sequence INTEGER,
            recovered_at INTEGER NOT NULL,
            salvaged INTEGER NOT NULL);
        PRAGMA user_version = 1;
        """;
}
