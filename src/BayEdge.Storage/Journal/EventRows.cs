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

    private static uint ChecksumOf(OutboxEntry entry) => Checksum.Of($"{entry.Position.EventId} {entry.Topic}", entry.Payload.Span);
}
