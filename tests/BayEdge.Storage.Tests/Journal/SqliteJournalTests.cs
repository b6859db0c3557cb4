using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Events_get_contiguous_numbers_and_are_read_as_they_were_composed()
    {
        using var journal = _folder.Open();

        var first = journal.Append([JournalFolder.Event("a"), JournalFolder.Event("b")], "s1"u8.ToArray());
        var second = journal.Append([JournalFolder.Event("c")], "s2"u8.ToArray());

        Assert.Equal(JournalFolder.Positions(1, 1, 2), first);
        Assert.Equal(JournalFolder.Positions(1, 3, 3), second);
        var entries = JournalFolder.All(journal);
        Assert.Equal(JournalFolder.Positions(1, 1, 3), entries.Select(entry => entry.Position));
        Assert.Equal(
            ["1-0000000000000001 a", "1-0000000000000002 b", "1-0000000000000003 c"],
            entries.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Equal("bayedge/v1/sh-01/pi-01/bays/bay-01/events", entries[0].Topic);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), entries[0].RecordedAt);
        Assert.Equal("s2"u8.ToArray(), journal.ReadSnapshot()!.Value.ToArray());
    }

    [Fact]
    public void A_new_journal_has_epoch_1_no_event_no_snapshot_and_nothing_to_tell()
    {
        using var journal = _folder.Open();

        Assert.Equal(1, journal.Epoch);
        Assert.Equal(0, journal.LastSequence);
        Assert.Null(journal.ReadSnapshot());
        Assert.Null(journal.Recovery);
        Assert.Equal(new OutboxStatus(0, null, null, 0, 0), journal.GetStatus());
    }

    [Fact]
    public void A_snapshot_alone_is_kept_and_takes_no_number()
    {
        using (var journal = _folder.Open())
            Assert.Empty(journal.Append([], "bays"u8.ToArray()));

        using var again = _folder.Open();
        Assert.Equal("bays"u8.ToArray(), again.ReadSnapshot()!.Value.ToArray());
        Assert.Equal(0, again.LastSequence);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(12_000)]
    public void The_backlog_is_known_after_a_restart_and_down_to_its_end(int count)
    {
        using (var journal = _folder.Open())
        {
            journal.Append(JournalFolder.Events(count + 100), "s"u8.ToArray());
            journal.Confirm(1, 100);
        }

        using var again = _folder.Open();
        Assert.Equal(count, again.GetStatus().Backlog);
        again.Append(JournalFolder.Events(1), "s"u8.ToArray());
        Assert.Equal(count + 1, again.GetStatus().Backlog);
        again.Confirm(1, again.LastSequence);
        Assert.Equal(0, again.GetStatus().Backlog);
    }

    [Fact]
    public void Unconfirmed_events_and_the_snapshot_are_there_after_a_restart()
    {
        using (var journal = _folder.Open())
        {
            journal.Append(JournalFolder.Events(3), "bays"u8.ToArray());
        }

        using var again = _folder.Open();
        Assert.Equal(JournalFolder.Positions(1, 1, 3), JournalFolder.All(again).Select(entry => entry.Position));
        Assert.Equal("bays"u8.ToArray(), again.ReadSnapshot()!.Value.ToArray());
        Assert.Null(again.Recovery);
    }

    [Fact]
    public void Numbers_are_never_given_out_twice_even_when_every_event_was_confirmed_before_the_restart()
    {
        using (var journal = _folder.Open())
        {
            journal.Append(JournalFolder.Events(3), default);
            journal.Confirm(1, 3);
        }

        using var again = _folder.Open();
        Assert.Equal(JournalFolder.Positions(1, 4, 4), again.Append([JournalFolder.Event()], default));
        Assert.Equal(1, again.Epoch);
    }

    [Fact]
    public void Confirming_up_to_a_number_forgets_and_returns_exactly_these_events()
    {
        using var journal = _folder.Open();
        journal.Append(JournalFolder.Events(5), default);

        Assert.Equal(JournalFolder.Positions(1, 1, 3), journal.Confirm(1, 3).Select(entry => entry.Position));
        Assert.Empty(journal.Confirm(1, 3));
        Assert.Empty(journal.Confirm(1, 0));
        Assert.Equal(JournalFolder.Positions(1, 4, 5), JournalFolder.All(journal).Select(entry => entry.Position));
        var status = journal.GetStatus();
        Assert.Equal((2, new EventPosition(1, 4), 5), (status.Backlog, status.FirstUnconfirmed, status.LastSequence));
    }

    [Fact]
    public void Confirming_single_events_leaves_those_between_them()
    {
        using var journal = _folder.Open();
        journal.Append(JournalFolder.Events(4), default);

        var confirmed = journal.Confirm([new EventPosition(1, 4), new EventPosition(1, 2), new EventPosition(1, 9)]);

        Assert.Equal([new EventPosition(1, 2), new EventPosition(1, 4)], confirmed.Select(entry => entry.Position));
        Assert.Equal([new EventPosition(1, 1), new EventPosition(1, 3)], JournalFolder.All(journal).Select(entry => entry.Position));
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(1, -1)]
    [InlineData(2, 1)]
    [InlineData(0, 1)]
    public void A_number_that_was_never_given_out_confirms_nothing(int epoch, long upTo)
    {
        using var journal = _folder.Open();
        journal.Append(JournalFolder.Events(5), default);

        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Confirm(epoch, upTo));
        Assert.Equal(5, JournalFolder.All(journal).Count);
    }

    [Fact]
    public void When_composing_fails_nothing_is_written_and_the_next_append_gives_the_same_numbers()
    {
        using var journal = _folder.Open();
        journal.Append([JournalFolder.Event()], "before"u8.ToArray());
        var broken = JournalFolder.Event() with { Compose = _ => throw new FormatException() };

        Assert.Throws<FormatException>(() => journal.Append([JournalFolder.Event(), broken], "after"u8.ToArray()));

        Assert.Single(JournalFolder.All(journal));
        Assert.Equal("before"u8.ToArray(), journal.ReadSnapshot()!.Value.ToArray());
        Assert.Equal(JournalFolder.Positions(1, 2, 2), journal.Append([JournalFolder.Event()], default));
    }

    [Fact]
    public void An_event_set_aside_is_kept_and_a_gap_notice_takes_its_number_so_that_the_ack_can_pass_it()
    {
        using var journal = _folder.Open();
        journal.Append(JournalFolder.Events(3), default);

        journal.Quarantine(new EventPosition(1, 2), "the broker refused it");

        var entries = JournalFolder.All(journal);
        Assert.Equal(JournalFolder.Positions(1, 1, 3), entries.Select(entry => entry.Position));
        Assert.Equal("bayedge/v1/sh-01/pi-01/events", entries[1].Topic);
        var notice = Encoding.UTF8.GetString(entries[1].Payload.Span);
        Assert.Contains("io.bayedge.device.gap.v1", notice, StringComparison.Ordinal);
        Assert.Contains("\"sequence\":\"0000000000000002\"", notice, StringComparison.Ordinal);
        Assert.Equal((3, 1), (journal.GetStatus().Backlog, journal.GetStatus().Quarantined));

        journal.Quarantine(new EventPosition(1, 2), "the notice was refused too");
        Assert.Equal([1L, 3L], JournalFolder.All(journal).Select(entry => entry.Position.Sequence));
        Assert.Equal((2, 1), (journal.GetStatus().Backlog, journal.GetStatus().Quarantined));
        Assert.Equal("the broker refused it", Scalar("SELECT reason FROM quarantine"));
    }

    [Fact]
    public void An_event_whose_bytes_the_disk_altered_is_set_aside_and_never_sent()
    {
        using var journal = _folder.Open();
        journal.Append(JournalFolder.Events(3), default);
        Scalar("UPDATE events SET payload = x'00' WHERE sequence = 2");

        var entries = journal.Read(default, 2);

        Assert.Equal([1L, 2L], entries.Select(entry => entry.Position.Sequence));
        Assert.Equal("bayedge/v1/sh-01/pi-01/events", entries[1].Topic);
        Assert.Equal(1, journal.GetStatus().Quarantined);
    }

    [Fact]
    public void When_the_journal_is_full_events_are_refused_with_a_sentence_and_confirming_makes_room()
    {
        using var journal = _folder.Open(maximumBytes: 64 * 4096);
        var stored = 0;
        var fault = Assert.Throws<StorageFaultException>(() =>
        {
            for (; stored < 1000; stored++)
                journal.Append([JournalFolder.Event(payloadBytes: 2000)], default);
        });

        Assert.Equal(
            $"The journal '{_folder.Database}' took no data: it has reached its cap of 256 KiB, or the disk is full. Events leave it "
            + "once the central system confirms them: mend the connection to the broker, or free disk space.",
            fault.Message);
        Assert.Equal(stored, journal.LastSequence);
        Assert.Equal(stored, JournalFolder.All(journal).Count);
        Assert.Equal(stored, journal.Confirm(1, stored).Count);
        Assert.Equal(stored + 1, journal.Append([JournalFolder.Event(payloadBytes: 2000)], default)[0].Sequence);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_stored_event_wakes_the_publisher_also_when_it_came_before_the_wait()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var journal = _folder.Open();
        journal.Append([JournalFolder.Event()], default);
        journal.Append([JournalFolder.Event()], default);
        await journal.WaitForStoredAsync(cancelled);

        var waiting = journal.WaitForStoredAsync(cancelled);
        Assert.False(waiting.IsCompleted);
        journal.Append([], "only a snapshot"u8.ToArray());
        Assert.False(waiting.IsCompleted);
        journal.Append([JournalFolder.Event()], default);
        await waiting;
    }

    [Fact]
    public async Task The_bay_loop_appends_while_the_publisher_confirms_and_no_event_is_lost_or_doubled()
    {
        using var journal = _folder.Open();
        const int Count = 300;
        var appending = Task.Run(() =>
        {
            for (var appended = 0; appended < Count; appended++)
                journal.Append([JournalFolder.Event()], default);
        }, TestContext.Current.CancellationToken);

        var confirmed = new List<EventPosition>();
        while (!appending.IsCompleted || journal.GetStatus().Backlog > 0)
            confirmed.AddRange(journal.Confirm(1, journal.LastSequence).Select(entry => entry.Position));
        await appending;

        Assert.Equal(JournalFolder.Positions(1, 1, Count), confirmed);
    }

    [Fact]
    public void The_database_is_in_WAL_mode()
    {
        using var journal = _folder.Open();
        Assert.Equal("wal", Scalar("PRAGMA journal_mode"));
    }

    // A second connection, as a person with the sqlite3 program would have.
    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
