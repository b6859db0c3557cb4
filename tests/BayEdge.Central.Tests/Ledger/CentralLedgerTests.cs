using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.TestKit;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Tests.Ledger;

public sealed class CentralLedgerTests
{
    [Fact]
    public void What_was_committed_is_there_when_the_file_is_opened_again()
    {
        using var folder = new TemporaryFolder();
        var day = WorkshopDay.Of(3);
        string clientId;
        IReadOnlyList<Visit> visits;
        using (var ledger = CentralLedger.Open(folder.File("ledger.db")))
        {
            Take(ledger, day, 1, 2, 3, 4, 6);
            (clientId, visits) = (ledger.ClientId, ledger.ReadVisits());
        }

        using var again = CentralLedger.Open(folder.File("ledger.db"));

        Assert.Equal(clientId, again.ClientId);
        Assert.Equal(visits, again.ReadVisits());
        Assert.Equal(4, again.Sources.Single().Value.AckUpTo);
        Assert.Equal([new SequenceRange(5, 5)], again.Sources.Single().Value.Missing);
        Assert.Equal([new SequenceRange(1, 4), new SequenceRange(6, 6)], again.Sources.Single().Value.Held);
    }

    [Fact]
    public void Two_ledgers_have_two_mqtt_sessions()
    {
        using var first = CentralLedger.Open(null);
        using var second = CentralLedger.Open(null);

        Assert.NotEqual(first.ClientId, second.ClientId);
    }

    [Fact]
    public void A_transaction_that_is_not_committed_leaves_no_trace()
    {
        using var ledger = CentralLedger.Open(null);
        var day = WorkshopDay.Of(1);
        using (var transaction = ledger.Begin())
        {
            Assert.True(ReceivedEvent.TryRead(day[1].Topic, day[1].Payload, out var received, out _));
            transaction.Store(received, day[1].Topic, day[1].Payload);
        }

        Assert.Empty(ledger.Sources);
        Assert.Empty(ledger.ReadVisits());
    }

    [Fact]
    public void A_ledger_that_another_program_locks_is_said_and_the_batch_is_taken_whole_afterwards()
    {
        using var folder = new TemporaryFolder();
        using var ledger = CentralLedger.Open(folder.File("ledger.db"));
        var day = WorkshopDay.Of(1);
        using (var other = new SqliteConnection($"Data Source={folder.File("ledger.db")};Pooling=false"))
        {
            other.Open();
            using var blocker = other.BeginTransaction();
            using var write = other.CreateCommand();
            write.CommandText = "DELETE FROM events";
            write.Transaction = blocker;
            write.ExecuteNonQuery();
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
        using var folder = new TemporaryFolder();
        using (var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=9";
            command.ExecuteNonQuery();
        }

        var fault = Assert.Throws<LedgerFaultException>(() => CentralLedger.Open(folder.File("ledger.db")));

        Assert.Equal("expected a ledger of version 1 or older, but found version 9; use the newer program that wrote it", fault.Message);
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_said_to_be_none()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("ledger.db"), new string('x', 4096));

        var fault = Assert.Throws<LedgerFaultException>(() => CentralLedger.Open(folder.File("ledger.db")));

        Assert.Contains("ledger.db", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_retracted_visit_stays_in_the_ledger_as_retracted()
    {
        using var ledger = CentralLedger.Open(null);
        var day = WorkshopDay.Of(1);
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var visitData = WorkshopDay.Data("visit-1-0", "bay-01", new Vehicle(), at);
        day.Add(EventTypes.VisitRetracted, at, visitData with { Reason = "the bay beside" });

        Take(ledger, day, 4, 2, 1, 3);

        var visit = ledger.ReadVisits().Single();
        Assert.True(visit.IsRetracted);
        Assert.Equal("the bay beside", visit.Reason);
    }

    [Fact]
    public void A_visit_whose_leaving_is_taken_back_is_open_in_the_ledger_in_whatever_order_its_events_come()
    {
        using var ledger = CentralLedger.Open(null);
        var day = WorkshopDay.Of(1);
        var at = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var visitData = WorkshopDay.Data("visit-1-0", "bay-01", new Vehicle(), at);
        day.Add(EventTypes.VisitCorrected, at, visitData with { StillPresent = true, Reason = "read again" });

        Take(ledger, day, 4, 2, 1, 3);

        var visit = ledger.ReadVisits().Single();
        Assert.False(visit.IsFinished);
        Assert.Equal((at, null, null), (visit.Entered!.At, visit.Left, visit.OccupiedSeconds));
    }

    private static void Take(CentralLedger ledger, WorkshopDay day, params long[] sequences) =>
        new Intake(ledger, acknowledges: true).Take(
            [.. sequences.Select(sequence => new InboundMessage(day[sequence].Topic, day[sequence].Payload))]);
}
