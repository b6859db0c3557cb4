namespace BayEdge.Storage.Journal;

internal static class JournalSchema
{
    /// <summary>Kept in <c>PRAGMA user_version</c>.</summary>
    public const int Version = 2;

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
            checksum INTEGER NOT NULL,
            epoch INTEGER,
            last_sequence INTEGER);
        CREATE TABLE recovery (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            reason TEXT NOT NULL,
            moved_to TEXT,
            previous_epoch INTEGER,
            previous_last_sequence INTEGER,
            recovered_at INTEGER NOT NULL,
            salvaged INTEGER NOT NULL);
        """ + CreateUnsettled;

    /// <summary>Makes version 2 of version 1, whose column <c>events.state</c> is left alone.</summary>
    public const string Upgrade = """
        ALTER TABLE snapshot ADD COLUMN epoch INTEGER;
        ALTER TABLE snapshot ADD COLUMN last_sequence INTEGER;
        """ + CreateUnsettled;

    /// <summary>The last number of each epoch. An append writes it beside the snapshot, what comes before it into the epochs.</summary>
    public const string LastSequences = """
        SELECT epoch, max(last_sequence) FROM (
            SELECT epoch, last_sequence FROM epochs UNION ALL SELECT epoch, last_sequence FROM snapshot WHERE epoch IS NOT NULL)
        GROUP BY epoch ORDER BY epoch
        """;

    private const string CreateUnsettled = """

        CREATE TABLE unsettled (
            epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            topic TEXT NOT NULL,
            payload BLOB NOT NULL,
            instants BLOB NOT NULL,
            PRIMARY KEY (epoch, sequence)) WITHOUT ROWID;
        PRAGMA user_version = 2;
        """;
}
