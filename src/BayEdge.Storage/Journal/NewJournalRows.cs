using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>The first rows of a new journal, and reading back the one that tells why it is new.</summary>
internal static class NewJournalRows
{
    public static void Write(
        SqliteConnection connection, int epoch, JournalSalvage salvage, JournalRecovery? recovery, bool withSnapshot)
    {
        foreach (var (old, last) in salvage.LastSequences)
        {
            var lastGiven = old == recovery?.PreviousEpoch ? recovery.PreviousLastSequence ?? last : last;
            Run(connection, "INSERT INTO epochs VALUES ($0, $1)", old, lastGiven);
        }

        Run(connection, "INSERT INTO epochs VALUES ($0, 0)", epoch);
        if (withSnapshot && salvage.Snapshot is { } snapshot)
            Write(connection, SnapshotRow.Pack(snapshot), epoch);
        if (recovery is not null)
        {
            Run(
                connection,
                "INSERT INTO recovery VALUES (1, $0, $1, $2, $3, $4, $5)",
                recovery.Reason,
                recovery.MovedTo,
                recovery.PreviousEpoch,
                recovery.PreviousLastSequence,
                recovery.RecoveredAt.ToUnixTimeMilliseconds(),
                recovery.Salvaged);
        }
    }

    private static void Write(SqliteConnection connection, byte[] packedSnapshot, int epoch) =>
        Run(connection, SnapshotRow.Upsert, packedSnapshot, (long)Checksum.Of(packedSnapshot), epoch, 0L);

    public static JournalRecovery? ReadRecovery(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT reason, moved_to, previous_epoch, previous_last_sequence, recovered_at, salvaged FROM recovery WHERE id = 1";
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new JournalRecovery(
                reader.GetString(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetInt32(2),
                reader.IsDBNull(3) ? null : reader.GetInt64(3),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
                reader.GetInt32(5))
            : null;
    }

    private static void Run(SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index}", values[index] ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
