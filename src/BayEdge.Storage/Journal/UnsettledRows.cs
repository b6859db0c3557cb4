using System.Text.Json;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Reads and writes rows of the table <c>unsettled</c>: events that wait for their right time, confirmed or not.</summary>
internal static class UnsettledRows
{
    // A device that is never told the time must not fill its card with them: some months of one bay.
    private const int Most = 2000;

    public static void Insert(SqliteConnection connection, UnsettledEvent unsettled)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
             INSERT OR REPLACE INTO unsettled VALUES ($epoch, $sequence, $topic, $payload, $instants);
             DELETE FROM unsettled WHERE (epoch, sequence) IN (SELECT epoch, sequence FROM unsettled ORDER BY epoch DESC, sequence DESC LIMIT -1 OFFSET {Most})
             """;
        command.Parameters.AddWithValue("$epoch", unsettled.Position.Epoch);
        command.Parameters.AddWithValue("$sequence", unsettled.Position.Sequence);
        command.Parameters.AddWithValue("$topic", unsettled.Topic);
        command.Parameters.AddWithValue("$payload", unsettled.Payload.ToArray());
        command.Parameters.AddWithValue("$instants", JsonSerializer.SerializeToUtf8Bytes(unsettled.Instants, UnsettledJson.Default.EventInstants));
        command.ExecuteNonQuery();
    }

    public static IReadOnlyList<UnsettledEvent> Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT epoch, sequence, topic, payload, instants FROM unsettled ORDER BY epoch, sequence";
        using var reader = command.ExecuteReader();
        var rows = new List<UnsettledEvent>();
        while (reader.Read())
        {
            if (Instants(reader.GetFieldValue<byte[]>(4)) is { } instants)
            {
                rows.Add(new UnsettledEvent(
                    new EventPosition(reader.GetInt32(0), reader.GetInt64(1)), reader.GetString(2), reader.GetFieldValue<byte[]>(3), instants));
            }
        }

        return rows;
    }

    // Of another version, or damaged: the event stays as it was told.
    private static EventInstants? Instants(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, UnsettledJson.Default.EventInstants);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EventInstants))]
internal sealed partial class UnsettledJson : JsonSerializerContext;
