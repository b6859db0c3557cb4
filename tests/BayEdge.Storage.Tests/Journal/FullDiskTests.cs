using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Win32.SafeHandles;

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
                warned ??= journal.Warning?.Text;
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

        Assert.StartsWith("The journal has filled 8", journal.Warning?.Text, StringComparison.Ordinal);
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
            Flush = file => FlushUnless(refuses, file),
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
    public void That_a_full_disk_refuses_events_is_kept_on_it_for_the_next_start_until_events_are_stored_again()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 16_000);
        Assert.SkipWhen(disk is null, "This user may not mount a disk.");
        var options = new JournalOptions { Folder = disk.Path, ReserveBytes = 0, LowDiskBytes = 0 };
        var since = JournalFolder.Event().RecordedAt;
        using (var journal = SqliteJournal.Open(options, TimeProvider.System))
        {
            disk.Fill();
            Assert.Throws<StorageFaultException>(() => journal.Append([JournalFolder.Event(payloadBytes: 4_000_000)], default));
            journal.NoteRefused(since);
            journal.NoteRefused(since + TimeSpan.FromSeconds(1));
        }

        using (var again = SqliteJournal.Open(options, TimeProvider.System))
            Assert.Equal(since, again.RefusedSince);
        disk.Empty();
        using (var mended = SqliteJournal.Open(options, TimeProvider.System))
        {
            Assert.Equal(since, mended.RefusedSince);
            Assert.Null(mended.Recovery);
            mended.Append([JournalFolder.Event()], default);
            Assert.Null(mended.RefusedSince);
        }

        using var last = SqliteJournal.Open(options, TimeProvider.System);
        Assert.Null(last.RefusedSince);
    }

    [Fact]
    public void What_was_stored_after_all_is_not_said_to_be_lost_though_the_power_went_before_that_was_marked()
    {
        using var folder = new JournalFolder();
        var mark = Path.Combine(folder.Path, "journal.mark");
        byte[] atCommit = [];
        var options = new JournalOptions
        {
            Folder = folder.Path,
            Flush = file =>
            {
                RandomAccess.FlushToDisk(file);
                atCommit = atCommit.Length > 0 ? atCommit : File.ReadAllBytes(mark);
            },
        };
        using (var journal = SqliteJournal.Open(options, TimeProvider.System))
        {
            journal.NoteRefused(JournalFolder.Event().RecordedAt);
            atCommit = [];
            journal.Append([JournalFolder.Event()], default);
        }

        File.WriteAllBytes(mark, atCommit);
        using var again = folder.Open();

        Assert.Equal((1, (DateTimeOffset?)null), (again.LastSequence, again.RefusedSince));
    }

    [Fact]
    public void A_settling_whose_flush_the_disk_refused_leaves_everything_to_be_settled()
    {
        using var folder = new JournalFolder();
        var refuses = false;
        var options = new JournalOptions
        {
            Folder = folder.Path,
            Flush = file => FlushUnless(refuses, file),
        };
        using var journal = SqliteJournal.Open(options, TimeProvider.System);
        journal.Append([JournalFolder.Event("as it was told") with { Unsettled = new EventInstants("boot-1", default, default, default, default, null) }], default);
        var unsettled = Assert.Single(journal.ReadUnsettled());
        Redating redating = new(unsettled.Position, JournalFolder.Event("dated anew"), null);
        refuses = true;
        Assert.Throws<StorageFaultException>(() => journal.Settle([redating], default));
        refuses = false;

        Assert.Equal(unsettled.Position, Assert.Single(journal.ReadUnsettled()).Position);
        Assert.Equal((1, 0), journal.Settle([redating], default));
        Assert.Contains("dated anew", System.Text.Encoding.UTF8.GetString(Assert.Single(JournalFolder.All(journal)).Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_was_set_aside_is_owned_up_to_though_the_disk_refused_the_first_flush()
    {
        using var folder = new JournalFolder();
        var refuses = false;
        var options = new JournalOptions { Folder = folder.Path, Flush = file => FlushUnless(refuses, file) };
        using var journal = SqliteJournal.Open(options, TimeProvider.System);
        var position = journal.Append([JournalFolder.Event()], default)[0];
        refuses = true;
        Assert.Throws<StorageFaultException>(() => journal.Quarantine(position, "the broker refused it"));
        refuses = false;

        journal.Quarantine(position, "the broker refused it");

        var notice = Assert.Single(JournalFolder.All(journal));
        Assert.Equal((position, "bayedge/v1/sh-01/pi-01/events", 1), (notice.Position, notice.Topic, journal.GetStatus().Quarantined));
    }

    [Fact]
    public void A_journal_whose_disk_is_gone_warns_that_there_is_no_room()
    {
        using var disk = new JournalFolder();
        using var journal = disk.Open();
        Directory.Delete(disk.Path, recursive: true);

        Assert.StartsWith("The disk has only 0 MiB left.", journal.Warning?.Text, StringComparison.Ordinal);
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

    private static void FlushUnless(bool refuses, SafeFileHandle file)
    {
        if (refuses)
            throw new IOException("Input/output error.");
        RandomAccess.FlushToDisk(file);
    }
}
