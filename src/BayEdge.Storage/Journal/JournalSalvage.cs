using System.Globalization;
using BayEdge.Contracts.Events;
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
            Attempt(source, "SELECT epoch, last_sequence FROM epochs", TakeLast);
            Attempt(source, "SELECT epoch, last_sequence FROM snapshot WHERE epoch IS NOT NULL", TakeLast);
            Attempt(source, "SELECT content, checksum FROM snapshot", row => Snapshot = SnapshotRow.Read(row));
            using var insert = EventRows.Insert(target);
            // Reading stops at a damaged page, so what lies behind it is reached from the other end.
            if (!Attempt(source, Events("ASC"), row => TakeEvent(row, insert)))
                Attempt(source, Events("DESC"), row => TakeEvent(row, insert));
            Attempt(source, "SELECT epoch, sequence, topic, recorded_at, payload, reason FROM quarantine", row => Copy(row, "quarantine"));
            Attempt(source, "SELECT epoch, sequence, topic, payload, instants FROM unsettled", row => Copy(row, "unsettled"));
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
        TakeLast(entry.Position.Epoch, entry.Position.Sequence);
    }

    private void TakeLast(SqliteDataReader row) => TakeLast(row.GetInt32(0), row.GetInt64(1));

    private void TakeLast(int epoch, long sequence) => LastSequences[epoch] = Math.Max(LastSequences.GetValueOrDefault(epoch), sequence);

    private void Copy(SqliteDataReader row, string table)
    {
        using var insert = target.CreateCommand();
        var places = Enumerable.Range(0, row.FieldCount).Select(column => $"${column.ToString(CultureInfo.InvariantCulture)}").ToArray();
#pragma warning disable CA2100 // The names of the tables stand in this file.
        insert.CommandText = $"INSERT OR IGNORE INTO {table} VALUES ({string.Join(", ", places)})";
#pragma warning restore CA2100
        for (var column = 0; column < places.Length; column++)
            insert.Parameters.AddWithValue(places[column], row.GetValue(column));
        insert.ExecuteNonQuery();
    }
}
