using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Takes over from a damaged journal every row that is as it was written.</summary>
internal sealed class JournalSalvage(SqliteConnection target)
{
    private readonly HashSet<EventPosition> _taken = [];

    /// <summary>Events taken over.</summary>
    public int Count => _taken.Count;

    /// <summary>The last number of each epoch, as far as the damaged journal could tell.</summary>
    public Dictionary<int, long> LastSequences { get; } = [];

    /// <summary>The bays' snapshot; null when it was not whole.</summary>
    public byte[]? Snapshot { get; private set; }

    public void ReadFrom(string path)
    {
        SqliteConnection source;
        try
        {
            source = JournalDatabase.OpenUntrusted(path);
        }
        catch (SqliteException)
        {
            // Not a database any more: there is nothing to take over, and the file stays where it was moved to.
            return;
        }

        using (source)
        {
            Attempt(source, "SELECT epoch, last_sequence FROM epochs", row => LastSequences[row.GetInt32(0)] = row.GetInt64(1));
            Attempt(source, "SELECT content, checksum FROM snapshot", TakeSnapshot);
            using var insert = EventRows.Insert(target);
            // Reading stops at a damaged page, so what lies behind it is reached from the other end.
            if (!Attempt(source, Events("ASC"), row => TakeEvent(row, insert)))
                Attempt(source, Events("DESC"), row => TakeEvent(row, insert));
            Attempt(source, "SELECT epoch, sequence, topic, recorded_at, payload, reason FROM quarantine", TakeQuarantined);
        }
    }

    private static string Events(string direction) =>
        $"SELECT {EventRows.Columns} FROM events ORDER BY epoch {direction}, sequence {direction}";

    /// <returns>False when the damage ended the reading.</returns>
    private static bool Attempt(SqliteConnection source, string sql, Action<SqliteDataReader> take)
    {
        try
        {
            using var command = source.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
                take(reader);
            return true;
        }
        catch (Exception exception) when (exception is SqliteException { SqliteErrorCode: not SqliteFaults.Full }
            or InvalidCastException or OverflowException or FormatException)
        {
            // The damage begins here. A full disk is no damage: it ended the target's transaction, and must be told.
            return false;
        }
    }

    private void TakeEvent(SqliteDataReader row, SqliteCommand insert)
    {
        var (entry, intact) = EventRows.Read(row);
        if (!intact || !_taken.Add(entry.Position))
            return;

        EventRows.Run(insert, entry);
        var known = LastSequences.GetValueOrDefault(entry.Position.Epoch);
        LastSequences[entry.Position.Epoch] = Math.Max(known, entry.Position.Sequence);
    }

    private void TakeSnapshot(SqliteDataReader row)
    {
        var content = row.GetFieldValue<byte[]>(0);
        Snapshot = Checksum.Of(content) == (uint)row.GetInt64(1) ? content : null;
    }

    private void TakeQuarantined(SqliteDataReader row)
    {
        using var insert = target.CreateCommand();
        insert.CommandText = "INSERT OR IGNORE INTO quarantine VALUES ($0, $1, $2, $3, $4, $5)";
        for (var column = 0; column < 6; column++)
            insert.Parameters.AddWithValue($"${column.ToString(CultureInfo.InvariantCulture)}", row.GetValue(column));
        insert.ExecuteNonQuery();
    }
}
