using BayEdge.Contracts.Events;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Tests.Journal;

public sealed class DamagedJournalTests : IDisposable
{
    private const int Stored = 200;

    private readonly JournalFolder _folder = new();

    public static TheoryData<string, Action<string>> Damages => new()
    {
        { "the head is overwritten", path => Overwrite(path, 0, 512) },
        { "it is cut in the middle", path => Cut(path, 0.5) },
        { "it is empty", path => Cut(path, 0) },
        { "it is garbage", path => Overwrite(path, 0, (int)new FileInfo(path).Length) },
        { "its pages are overwritten", path => Overwrite(path, 3 * 4096, 8 * 4096) },
        { "it is gone", File.Delete },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_journal_is_moved_aside_and_a_new_epoch_begins(string what, Action<string> damage)
    {
        Write();
        damage(_folder.Database);
        var damaged = File.Exists(_folder.Database) ? File.ReadAllBytes(_folder.Database) : null;

        using var journal = _folder.Open();

        Assert.True(journal.Epoch == 2, what);
        Assert.Equal(0, journal.LastSequence);
        var recovery = journal.Recovery!;
        Assert.Equal((1, Stored), (recovery.PreviousEpoch, recovery.PreviousLastSequence));
        if (damaged is not null)
            Assert.Equal(damaged, File.ReadAllBytes(Path.Combine(recovery.MovedTo!, "journal.db")));
        var salvaged = JournalFolder.All(journal).Select(entry => entry.Position).ToList();
        Assert.Equal(recovery.Salvaged, salvaged.Count);
        Assert.All(salvaged, position => Assert.Equal(1, position.Epoch));
        Assert.Equal(new EventPosition(2, 1), Assert.Single(journal.Append([JournalFolder.Event()], default)));
    }

    [Fact]
    public void Events_around_a_damaged_page_are_salvaged_and_confirmed_under_their_own_epoch()
    {
        Write();
        // Leaves of the events' tree; what is before and behind them can be read.
        Overwrite(_folder.Database, 20 * 4096, 2 * 4096);

        using var journal = _folder.Open();
        journal.Append([JournalFolder.Event()], default);

        var entries = JournalFolder.All(journal);
        var old = entries.Count(entry => entry.Position.Epoch == 1);
        Assert.InRange(old, Stored / 2, Stored - 1);
        Assert.Equal(new EventPosition(1, 1), entries[0].Position);
        Assert.Equal(new EventPosition(1, Stored), entries[old - 1].Position);
        Assert.Equal(new EventPosition(2, 1), entries[^1].Position);
        Assert.Equal(old, journal.Confirm(1, Stored).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Confirm(1, Stored + 1));
    }

    [Fact]
    public void The_recovery_is_told_at_each_start_until_an_event_of_the_new_epoch_is_written()
    {
        Write();
        File.Delete(_folder.Database);
        using (var first = _folder.Open())
            Assert.NotNull(first.Recovery);
        using (var second = _folder.Open())
        {
            Assert.Equal(2, second.Epoch);
            Assert.NotNull(second.Recovery);
            second.Append([JournalFolder.Event("gap")], default);
            Assert.Null(second.Recovery);
        }

        using var third = _folder.Open();
        Assert.Null(third.Recovery);
        Assert.Equal((2, 1), (third.Epoch, third.LastSequence));
    }

    [Fact]
    public void An_old_copy_put_back_is_noticed_so_that_no_number_is_given_out_twice()
    {
        Write();
        var copy = File.ReadAllBytes(_folder.Database);
        using (var journal = _folder.Open())
            journal.Append(JournalFolder.Events(5), "later"u8.ToArray());
        File.WriteAllBytes(_folder.Database, copy);

        using var restored = _folder.Open();

        Assert.Equal(2, restored.Epoch);
        Assert.StartsWith("The journal is older than it should be: it ends at epoch 1, event 200", restored.Recovery!.Reason, StringComparison.Ordinal);
        Assert.Equal(Stored + 5, restored.Recovery.PreviousLastSequence);
        Assert.Equal(Stored, restored.Recovery.Salvaged);
        Assert.Null(restored.ReadSnapshot());
    }

    [Fact]
    public void A_second_damage_goes_into_a_folder_of_its_own()
    {
        Write();
        Overwrite(_folder.Database, 0, 512);
        using (var journal = _folder.Open())
            journal.Append(JournalFolder.Events(3), default);
        Overwrite(_folder.Database, 0, 512);

        using var again = _folder.Open();

        Assert.Equal(3, again.Epoch);
        Assert.Equal(2, Directory.GetFiles(_folder.Path, "journal.db", SearchOption.AllDirectories).Count(path => path.Contains("damaged", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_database_and_second_record_the_epoch_is_one_that_was_never_used()
    {
        Write();
        Overwrite(_folder.Database, 0, 4096);
        var mark = Path.Combine(_folder.Path, "journal.mark");
        Overwrite(mark, 0, (int)new FileInfo(mark).Length);

        using var journal = _folder.Open();

        Assert.InRange(journal.Epoch, 1_000_000, int.MaxValue);
        Assert.Null(journal.Recovery!.PreviousEpoch);
    }

    [Fact]
    public void A_lost_second_record_alone_changes_nothing()
    {
        Write();
        File.Delete(Path.Combine(_folder.Path, "journal.mark"));

        using var journal = _folder.Open();

        Assert.Equal((1, Stored), (journal.Epoch, journal.LastSequence));
        Assert.Null(journal.Recovery);
    }

    [Fact]
    public void A_move_cut_short_by_a_power_cut_is_finished_at_the_next_start()
    {
        Write();
        var aside = Directory.CreateDirectory(Path.Combine(_folder.Path, "damaged", "epoch-1")).FullName;
        File.Move(_folder.Database, Path.Combine(aside, "journal.db"));
        File.WriteAllText(Path.Combine(_folder.Path, "journal.new"), "half a database");

        using var journal = _folder.Open();

        Assert.Equal(2, journal.Epoch);
        Assert.Equal(Stored, journal.Recovery!.Salvaged);
        Assert.Equal(Stored, journal.GetStatus().Backlog);
    }

    [Fact]
    public void Quarantined_events_and_a_current_snapshot_are_salvaged_too()
    {
        using (var journal = _folder.Open())
        {
            journal.Append(JournalFolder.Events(3), "bays"u8.ToArray());
            journal.Quarantine(new EventPosition(1, 2), "refused");
        }

        using (var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE recovery; DROP TABLE epochs";
            command.ExecuteNonQuery();
        }

        using var again = _folder.Open();
        Assert.Equal(2, again.Epoch);
        Assert.Equal((3, 1), (again.GetStatus().Backlog, again.GetStatus().Quarantined));
        Assert.Equal("bays"u8.ToArray(), again.ReadSnapshot()!.Value.ToArray());
    }

    private void Write()
    {
        using var journal = _folder.Open();
        foreach (var chunk in JournalFolder.Events(Stored, payloadBytes: 600).Chunk(50))
            journal.Append(chunk, "bays"u8.ToArray());
    }

    private static void Overwrite(string path, long offset, int count)
    {
        var garbage = new byte[count];
        new Random(7).NextBytes(garbage);
        using var file = File.OpenWrite(path);
        file.Position = offset;
        file.Write(garbage);
    }

    private static void Cut(string path, double share)
    {
        using var file = File.OpenWrite(path);
        file.SetLength((long)(file.Length * share));
    }
}
