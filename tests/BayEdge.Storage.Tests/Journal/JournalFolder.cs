using System.Text;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Tests.Journal;

/// <summary>A data folder whose journal is opened, written and opened again.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string Database => _folder.File("journal.db");

    public SqliteJournal Open(long maximumBytes = JournalOptions.DefaultMaximumBytes) =>
        SqliteJournal.Open(new JournalOptions { Folder = Path, MaximumBytes = maximumBytes }, TimeProvider.System);

    /// <summary>Does to the database what another version, or somebody with the sqlite3 program, would.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Dispose();

    public static PendingEvent Event(string content = "", int payloadBytes = 0) => new(
        Topics.BayEvents("sh-01", "pi-01", "bay-01"),
        new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
        position => Encoding.UTF8.GetBytes($"{position.EventId} {content}".PadRight(payloadBytes)));

    public static PendingEvent[] Events(int count, int payloadBytes = 0) =>
        [.. Enumerable.Range(0, count).Select(_ => Event(payloadBytes: payloadBytes))];

    public static IReadOnlyList<OutboxEntry> All(IOutbox outbox) => outbox.Read(default, int.MaxValue);

    public static IEnumerable<EventPosition> Positions(int epoch, long first, long last)
    {
        for (var sequence = first; sequence <= last; sequence++)
            yield return new EventPosition(epoch, sequence);
    }
}
