using BayEdge.Central.Ledger;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerRules, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("ledger.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_ledgers_have_two_mqtt_sessions()
    {
        using var first = CentralLedger.Open(null);
        using var second = CentralLedger.Open(null);

        Assert.NotEqual(first.ClientId, second.ClientId);
    }

    [Fact]
    public void A_ledger_that_another_program_locks_is_said_and_the_batch_is_taken_whole_afterwards()
    {
        using var ledger = CentralLedger.Open(File);
        var day = WorkshopDay.Of(1);
        using (var other = Connect())
        {
            using var blocker = other.BeginTransaction();
            Execute(other, "DELETE FROM events", blocker);
            var fault = Assert.Throws<LedgerFaultException>(() => Take(ledger, day, 1, 2, 3));
            Assert.Contains("close the program that locks it", fault.Message, StringComparison.Ordinal);
        }

        Assert.Empty(ledger.Sources);
        Take(ledger, day, 1, 2, 3);

        Assert.Equal(3, ledger.Sources.Single().Value.AckUpTo);
        Assert.Single(ledger.ReadVisits());
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_left_alone()
    {
        using (var connection = Connect())
            Execute(connection, "PRAGMA user_version=9");

        var fault = Assert.Throws<LedgerFaultException>(() => CentralLedger.Open(File));

        Assert.Equal("expected a ledger of version 2 or older, but found version 9; use the newer program that wrote it", fault.Message);
    }

    [Fact]
    public void A_ledger_of_the_first_version_keeps_its_visits_and_learns_its_bays()
    {
        using (var ledger = CentralLedger.Open(File))
            Take(ledger, WorkshopDay.Of(2), 1, 2, 3, 4, 5, 6);
        using (var connection = Connect())
        {
            Execute(connection, "DROP TABLE bays; DROP TABLE utilisation_alerts; DROP INDEX visits_by_leaving");
            Execute(connection, "DROP INDEX visits_by_entering; DROP INDEX device_gaps; PRAGMA user_version=1");
        }

        using var again = CentralLedger.Open(File);

        Assert.Equal(2, again.ReadVisits().Count);
        Assert.Equal(["bay-01", "bay-02"], again.ReadBays().Select(bay => bay.Bay).Order(StringComparer.Ordinal));
        Assert.Empty(again.ReadAlerts());
    }

    [Fact]
    public void Events_that_were_cleared_out_are_still_known_when_they_come_again()
    {
        using var ledger = CentralLedger.Open(File);
        var day = WorkshopDay.Of(1);
        Take(ledger, day, 1, 2, 3);
        using (var connection = Connect())
            Execute(connection, "DELETE FROM events");

        Take(ledger, day, 1, 2, 3);

        Assert.Equal(3, ledger.Sources.Single().Value.AckUpTo);
        Assert.Equal(3723.5, ledger.ReadVisits().Single().OccupiedSeconds);
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_said_to_be_none()
    {
        System.IO.File.WriteAllText(File, new string('x', 4096));

        var fault = Assert.Throws<LedgerFaultException>(() => CentralLedger.Open(File));

        Assert.Contains("ledger.db", fault.Message, StringComparison.Ordinal);
    }

    protected override Task<string> NewAddressAsync() => Task.FromResult(File);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
