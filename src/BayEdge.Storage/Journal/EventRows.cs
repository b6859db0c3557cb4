using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Reads and writes rows of the tables <c>events</c> and <c>quarantine</c>.</summary>
internal static class EventRows
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "epoch, sequence, topic, recorded_at, payload, checksum";

    /// <summary>The entry of the reader's present row, and whether it is as it was written.</summary>
    public static (OutboxEntry Entry, bool Intact) Read(SqliteDataReader reader)
    {
        var payload = reader.GetFieldValue<byte[]>(4);
        var entry = new OutboxEntry(
            new EventPosition(reader.GetInt32(0), reader.GetInt64(1)),
            reader.GetString(2),
            payload,
            DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)));
        return (entry, ChecksumOf(entry) == (uint)reader.GetInt64(5));
    }

    public static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT OR REPLACE INTO events ({Columns}) VALUES ($epoch, $sequence, $topic, $recordedAt, $payload, $checksum)";
        foreach (var name in (ReadOnlySpan<string>)["$epoch", "$sequence", "$topic", "$recordedAt", "$payload", "$checksum"])
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    public static void Run(SqliteCommand insert, OutboxEntry entry)
    {
        var values = insert.Parameters;
        values["$epoch"].Value = entry.Position.Epoch;
        values["$sequence"].Value = entry.Position.Sequence;
        values["$topic"].Value = entry.Topic;
        values["$recordedAt"].Value = entry.RecordedAt.ToUnixTimeMilliseconds();
        values["$payload"].Value = entry.Payload.ToArray();
        values["$checksum"].Value = (long)ChecksumOf(entry);
        insert.ExecuteNonQuery();
    }

    /// <summary>Puts an event in the place of the one with its number; nothing when that is not there any more.</summary>
    public static void Replace(SqliteConnection connection, OutboxEntry entry)
    {
        using var update = connection.CreateCommand();
        update.CommandText = "UPDATE events SET recorded_at = $recordedAt, payload = $payload, checksum = $checksum WHERE epoch = $epoch AND sequence = $sequence";
        update.Parameters.AddWithValue("$epoch", entry.Position.Epoch);
        update.Parameters.AddWithValue("$sequence", entry.Position.Sequence);
        update.Parameters.AddWithValue("$recordedAt", entry.RecordedAt.ToUnixTimeMilliseconds());
        update.Parameters.AddWithValue("$payload", entry.Payload.ToArray());
        update.Parameters.AddWithValue("$checksum", (long)ChecksumOf(entry));
        update.ExecuteNonQuery();
    }

    private static uint ChecksumOf(OutboxEntry entry) => Checksum.Of($"{entry.Position.EventId} {entry.Topic}", entry.Payload.Span);
}
