using System.Globalization;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Brings a data folder from whatever a power cut, a worn card or a person left there to a sound journal.</summary>
/// <remarks>
/// Every step can be cut short and is done again at the next start: the new database is filled beside its place and
/// renamed into it last, and until then the second record still names the epoch before.
/// </remarks>
internal sealed class JournalOpening(JournalOptions options, SequenceMark mark, TimeProvider time)
{
    internal const string FileName = "journal.db";

    private readonly string _path = Path.Combine(options.Folder, FileName);
    private readonly string _damaged = Path.Combine(options.Folder, "damaged");
    private readonly string _unfinished = Path.Combine(options.Folder, "journal.new");

    /// <exception cref="StorageFaultException">The disk, not the journal, is at fault; the message says what to do.</exception>
    public SqliteConnection Open()
    {
        if (IsFirstStart())
            Create(_ => options.FirstEpoch, recovery: null);
        else if (TryOpenSound(out var damage) is { } sound)
            return sound;
        else
            BeginAnew(damage!);

        return TryOpenSound(out var stillWrong)
            ?? throw new StorageFaultException($"A new journal was written to '{_path}' and is damaged at once: {stillWrong} Replace the card.");
    }

    private bool IsFirstStart() =>
        mark.Found is null && !File.Exists(_path) && Leftovers().Length == 0 && !Directory.Exists(_damaged);

    private SqliteConnection? TryOpenSound(out string? damage)
    {
        damage = "The journal is missing.";
        if (!File.Exists(_path))
            return null;

        SqliteConnection? connection = null;
        try
        {
            connection = JournalDatabase.OpenUntrusted(_path);
            damage = JournalDatabase.FindDamage(connection, mark.Found, time, options.CheckLimit);
            if (damage is null)
            {
                JournalDatabase.Configure(connection, options.MaximumBytes);
                return connection;
            }
        }
        catch (SqliteException exception) when (SqliteFaults.IsDamage(exception))
        {
            damage = $"The journal is damaged: {exception.Message.TrimEnd('.')}.";
        }
        catch
        {
            connection?.Dispose();
            throw;
        }

        connection?.Dispose();
        return null;
    }

    private void BeginAnew(string damage)
    {
        var movedTo = SetAside();
        Create(
            NextEpoch,
            salvage => new JournalRecovery(damage, movedTo, PreviousEpoch(salvage), PreviousLast(salvage), time.GetUtcNow(), salvage.Count),
            movedTo);
    }

    /// <summary>Moves the files out of the way and never deletes them; returns where they, or those of a move cut short, are.</summary>
    private string? SetAside()
    {
        var name = mark.Found is { } given ? $"epoch-{given.Epoch.ToString(CultureInfo.InvariantCulture)}" : "epoch-unknown";
        var folder = Path.Combine(_damaged, name);
        var files = Leftovers();
        if (File.Exists(_path))
        {
            for (var number = 2; File.Exists(Path.Combine(folder, FileName)); number++)
                folder = Path.Combine(_damaged, $"{name}-{number.ToString(CultureInfo.InvariantCulture)}");
            // The database first: what a power cut leaves behind then joins it at the next start.
            files = [_path, .. files];
        }

        if (files.Length > 0)
            DurableFolder.Move(files, folder);
        return Directory.Exists(folder) ? folder : null;
    }

    private void Create(
        Func<JournalSalvage, int> chooseEpoch, Func<JournalSalvage, JournalRecovery>? recovery, string? salvageFrom = null)
    {
        foreach (var half in new[] { _unfinished, _unfinished + "-journal" })
            File.Delete(half);

        var epoch = 0;
        JournalDatabase.Create(_unfinished, connection =>
        {
            var salvage = new JournalSalvage(connection);
            if (salvageFrom is not null)
                salvage.ReadFrom(Path.Combine(salvageFrom, FileName));
            epoch = chooseEpoch(salvage);
            NewJournalRows.Write(connection, epoch, salvage, recovery?.Invoke(salvage), SnapshotIsCurrent(salvage));
        });

        File.Move(_unfinished, _path);
        DurableFolder.Flush(options.Folder);
        mark.Write(new MarkedSequence(epoch, 0, 0));
    }

    private string[] Leftovers() => [.. new[] { _path + "-wal", _path + "-shm" }.Where(File.Exists)];

    private int? PreviousEpoch(JournalSalvage salvage)
    {
        var known = salvage.LastSequences.Keys.Append(mark.Found?.Epoch ?? 0).Max();
        return known > 0 ? known : null;
    }

    private long? PreviousLast(JournalSalvage salvage)
    {
        if (PreviousEpoch(salvage) is not { } epoch)
            return null;
        var salvaged = salvage.LastSequences.GetValueOrDefault(epoch);
        return mark.Found is { } given && given.Epoch == epoch ? Math.Max(given.Reserved, salvaged) : salvaged;
    }

    // When nothing at all is known: greater than any epoch that was counted up from 1.
    private int NextEpoch(JournalSalvage salvage) =>
        PreviousEpoch(salvage) is { } previous ? previous + 1 : Math.Max(options.FirstEpoch, (int)(time.GetUtcNow().ToUnixTimeSeconds() / 60));

    // An older snapshot would bring back vehicles that have left.
    private bool SnapshotIsCurrent(JournalSalvage salvage) =>
        mark.Found is { } given && salvage.LastSequences.GetValueOrDefault(given.Epoch) >= given.Reserved;
}
