using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;

namespace BayEdge.Storage.Tests.Journal;

/// <summary>A disk that others have filled, for real.</summary>
public sealed class FullDiskTests
{
    private const int PayloadBytes = 900;

    [Fact]
    public void On_a_full_disk_events_are_still_stored_for_a_while_then_refused_and_confirming_makes_room_again()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 16_000);
        Assert.SkipWhen(disk is null, "This user may not mount a disk.");
        using var journal = SqliteJournal.Open(
            new JournalOptions { Folder = disk.Path, ReserveBytes = 1 << 20, LowDiskBytes = 0 }, TimeProvider.System);
        Assert.Null(journal.Warning);
        disk.Fill();

        var stored = 0L;
        string? warned = null;
        var fault = Assert.Throws<StorageFaultException>(() =>
        {
            for (; stored < 20_000; stored++)
            {
                journal.Append([JournalFolder.Event(payloadBytes: PayloadBytes)], default);
                warned ??= journal.Warning;
            }
        });

        // The write-ahead log alone holds some hundred, the reserve many more.
        Assert.InRange(stored, 800, 5000);
        Assert.StartsWith("The disk is full, and the journal uses its last reserve;", warned, StringComparison.Ordinal);
        Assert.Contains("or the disk is full", fault.Message, StringComparison.Ordinal);
        Assert.Equal(stored, JournalFolder.All(journal).Count);

        Assert.Equal(stored / 2, journal.Confirm(1, stored / 2).Count);
        Assert.Equal(stored + 1, journal.Append([JournalFolder.Event(payloadBytes: PayloadBytes)], default)[0].Sequence);
        Assert.Equal(stored - (stored / 2) + 1, JournalFolder.All(journal).Count);

        disk.Empty();
        journal.Append([JournalFolder.Event()], default);
        Assert.Null(journal.Warning);
    }

    [Fact]
    public void A_journal_that_nears_its_cap_warns_before_it_refuses()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open(maximumBytes: 100 * 4096);
        while (journal.Warning is null)
            journal.Append([JournalFolder.Event(payloadBytes: PayloadBytes)], default);

        Assert.StartsWith("The journal has filled 8", journal.Warning, StringComparison.Ordinal);
        journal.Append([JournalFolder.Event(payloadBytes: PayloadBytes)], default);
        journal.Confirm(1, journal.LastSequence);
        journal.Append([JournalFolder.Event()], default);
        Assert.Null(journal.Warning);
    }

    [Fact]
    public void An_append_whose_flush_the_disk_refused_is_undone_and_the_next_has_its_number()
    {
        using var folder = new JournalFolder();
        var refuses = false;
        var options = new JournalOptions
        {
            Folder = folder.Path,
            Flush = file =>
            {
                if (refuses)
                    throw new IOException("Input/output error.");
                RandomAccess.FlushToDisk(file);
            },
        };
        using (var journal = SqliteJournal.Open(options, TimeProvider.System))
        {
            journal.Append([JournalFolder.Event("first")], "one"u8.ToArray());
            refuses = true;
            Assert.Throws<StorageFaultException>(() => journal.Append([JournalFolder.Event("second")], "two"u8.ToArray()));
            Assert.Single(JournalFolder.All(journal));
            Assert.Equal("one"u8.ToArray(), journal.ReadSnapshot()!.Value.ToArray());
            refuses = false;

            Assert.Equal(JournalFolder.Positions(1, 2, 2), journal.Append([JournalFolder.Event("again")], "two"u8.ToArray()));
        }

        using var restarted = folder.Open();
        Assert.Equal(["1-0000000000000001 first", "1-0000000000000002 again"], JournalFolder.All(restarted).Select(entry => System.Text.Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Equal((2, 1), (restarted.LastSequence, restarted.Epoch));
    }

    [Fact]
    public void What_a_full_disk_refused_until_the_power_went_is_known_at_the_next_start()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 16_000);
        Assert.SkipWhen(disk is null, "This user may not mount a disk.");
        var options = new JournalOptions { Folder = disk.Path, ReserveBytes = 0, LowDiskBytes = 0 };
        using (var journal = SqliteJournal.Open(options, TimeProvider.System))
        {
            disk.Fill();
            while (journal.RefusedSince is null)
                Record.Exception(() => journal.Append([JournalFolder.Event(payloadBytes: PayloadBytes)], default));
            Assert.Throws<StorageFaultException>(() => journal.Append([JournalFolder.Event(payloadBytes: 64_000)], default));
        }

        disk.Empty();
        using (var again = SqliteJournal.Open(options, TimeProvider.System))
        {
            Assert.Equal(JournalFolder.Event().RecordedAt, again.RefusedSince);
            Assert.Null(again.Recovery);
            again.Append([JournalFolder.Event()], default);
            Assert.Null(again.RefusedSince);
        }

        using var last = SqliteJournal.Open(options, TimeProvider.System);
        Assert.Null(last.RefusedSince);
    }

    [Fact]
    public void What_the_disk_took_after_all_is_not_said_to_be_lost()
    {
        using var folder = new JournalFolder();
        var refuses = true;
        var options = new JournalOptions
        {
            Folder = folder.Path,
            Flush = file =>
            {
                if (refuses)
                    throw new IOException("Input/output error.");
                RandomAccess.FlushToDisk(file);
            },
        };
        using (var journal = SqliteJournal.Open(options, TimeProvider.System))
        {
            Assert.Throws<StorageFaultException>(() => journal.Append([JournalFolder.Event()], default));
            Assert.NotNull(journal.RefusedSince);
            refuses = false;
            journal.Append([JournalFolder.Event()], default);
        }

        using var again = folder.Open();
        Assert.Null(again.RefusedSince);
        Assert.Equal((1, 1), (again.LastSequence, again.Epoch));
    }

    [Fact]
    public void A_journal_whose_disk_is_gone_warns_that_there_is_no_room()
    {
        using var disk = new JournalFolder();
        using var journal = disk.Open();
        Directory.Delete(disk.Path, recursive: true);

        Assert.StartsWith("The disk has only 0 MiB left.", journal.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_of_the_version_before_goes_on_with_everything_in_it()
    {
        using var folder = new JournalFolder();
        using (var journal = folder.Open())
            journal.Append(JournalFolder.Events(3), "bays"u8.ToArray());
        folder.Execute("""
            UPDATE epochs SET last_sequence = 3;
            ALTER TABLE events ADD COLUMN state TEXT NOT NULL DEFAULT 'stored' CHECK (state IN ('stored', 'sent'));
            ALTER TABLE snapshot DROP COLUMN epoch;
            ALTER TABLE snapshot DROP COLUMN last_sequence;
            DROP TABLE unsettled;
            PRAGMA user_version = 1
            """);

        using var again = folder.Open();

        Assert.Null(again.Recovery);
        Assert.Equal("bays"u8.ToArray(), again.ReadSnapshot()!.Value.ToArray());
        Assert.Equal(JournalFolder.Positions(1, 4, 4), again.Append([JournalFolder.Event()], default));
        Assert.Equal(4, JournalFolder.All(again).Count);
    }
}
