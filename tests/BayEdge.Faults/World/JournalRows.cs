using BayEdge.Contracts.Events;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;

namespace BayEdge.Faults.World;

/// <summary>Looks into the journal of a device that does not run, in a copy, since its disk may be full.</summary>
internal static class JournalRows
{
    /// <summary>What it holds unconfirmed; nothing when there is no journal yet.</summary>
    public static IReadOnlyList<EventPosition> Read(string folder)
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder, "journal.db*"))
            File.Copy(file, copy.File(Path.GetFileName(file)));
        var path = copy.File("journal.db");
        if (!File.Exists(path))
            return [];
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT epoch, sequence FROM events";
        using var reader = command.ExecuteReader();
        var positions = new List<EventPosition>();
        while (reader.Read())
            positions.Add(new EventPosition(reader.GetInt32(0), reader.GetInt64(1)));
        return positions;
    }
}
